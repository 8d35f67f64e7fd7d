package mt_test

import (
	"context"
	"fmt"
	"log"

	"github.com/dragoman-newsroom/dragoman/mt"
)

// The model is one of random weights, made for tests: its words mean nothing.
func Example() {
	model, err := mt.Open("testdata/golden/shared-vocabulary", mt.Guards(false))
	if err != nil {
		log.Fatal(err)
	}
	defer model.Close()
	sentences, err := model.Translate(context.Background(), []string{"Main Street reopened after the fire."})
	if err != nil {
		log.Fatal(err)
	}
	for _, s := range sentences {
		fmt.Println(s.Text, len(s.SourcePieces), len(s.Pieces), s.Ended)
	}
	// Output: ogrammeofficmen yearnquiry ha 12 6 true
}
