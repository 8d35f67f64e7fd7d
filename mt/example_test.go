package mt_test

import (
	"context"
	"fmt"
	"log"

	"github.com/dragoman-newsroom/dragoman/mt"
)

// A model of random weights, made for tests: its words mean nothing.
func Example() {
	model, err := mt.Open("testdata/golden/shared-vocabulary", mt.Guards(false))
	if err != nil {
		log.Fatal(err)
	}
	defer model.Close()
	sentences, err := model.Translate(context.Background(), []string{"Our reporters read the text twice."})
	if err != nil {
		log.Fatal(err)
	}
	for _, s := range sentences {
		fmt.Println(s.Text, s.Ended)
	}
}
