package lang

import (
	"math/bits"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// commonest are the commonest words of languages, those that hold a sentence together. Each line is a language, or several that these words do not tell
// apart; the first is the one a text is taken for.
const commonest = `en: the of and to in a is that for it was on with as be at by this have from or had not are but which they you were his her an been has their said would who will there
de: der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis
fr: de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont la avec son cette ou mais comme été aux elle ses nous leur ont d l s qu n c
es: de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha este si porque esta entre cuando muy sin sobre también fue había
pt: de a o que e do da em um para com não uma os no se na por mais as dos como mas ao ele das à seu sua ou quando muito nos já também só pelo pela até isso foi ela entre são está
it: di e il la che in un a per è del una sono con non della i le si da al dei come più nel lo ha anche alla ma delle gli su dal questo o l d hanno stato essere nella
nl: de van het een en in is dat op te zijn met voor niet aan er om ook als dan maar bij door naar heeft hij worden ze uit over wordt nog tot zich deze was of kan meer die
sv: och i att det som en på är av för med den till inte har de ett om han men var sig från vi så kan när år under också eller nu efter vid hon ska mot skulle
da no nb nn: og i at det er en på til som for med den av af de ikke har et var om han men seg sig fra så vi kan der jeg ved skal blir bliver eller etter efter også være hun mot
fi: ja on ei se että oli mutta kun niin hän myös ovat joka sen kuin tai jo sekä mukaan vain ole mitä jos siitä hänen vielä tämä ollut sitä voi ne olisi
is: og að í á er sem til um við en það var með ekki af fyrir hann þetta eru hefur þess hún frá eftir verið þá sé svo eða
pl: w i na się nie z do że to jest o jak po ale co za od tak przez dla przy czy już tym oraz ich był ma może było są ze który które która także jego jej
cs: a v se na je že o s z do i to k ve pro za by ale si po jako od jsou bude jeho již podle které který byl také nebo až při před ze co která bylo
sk: a v sa na je že o s z do aj to k vo pre za by ale si po ako od sú bude jeho už podľa ktoré ktorý bol tiež alebo až pri pred zo čo ktorá bolo
sl: in je v se na da za so z ki pa s bi tudi po od ne ter kot bo pri iz že do ni še kar bil lahko sta bila več
hr bs sr sh: je i u na se da su za od s kao što ne o koji to sa iz bi će a ili nije bio po samo već koja biti nakon do te ali kako
hu: a az és hogy nem is egy de meg ha csak már volt még azt mint el ez vagy amely szerint lesz most után ki sem van nagy minden akkor
ro: de și în a la care cu nu pe din o că un mai pentru este sunt fi au să se prin ca după sau fost dar ale lui ce o cel va între
tr: ve bir bu da de için ile olarak çok daha olan gibi en kadar ne o ise sonra ancak ya her var diye ama mi ki değil göre olduğu tarafından olduğunu edilen eden yer etti dedi oldu ilk yeni içinde arasında karşı ayrıca böyle tüm iki yapılan üzerinde kendi bütün hiç şey
az: və bir bu ki da də üçün ilə olan çox daha edir olub isə deyil edib sonra kimi amma o hər bunu
et: ja on ei et see oli kui ka ta mis oma või seda kes aga mida ning siis selle pole nii välja kuid veel üle
lv: un ir no ar uz par ka kas tas arī bet to lai pēc nav bija kā vai tiek pie gan līdz jau viņš tā savu
lt: ir kad iš į su yra ne tai kaip apie buvo bet jis už tik dar jau pat kurie šio kai nuo po arba bus
ca: de la i el que a en les un per del els amb no una es al com és més ha si dels o aquest va són seva però també ser
gl: de a o que e do da en un para con non unha os no se na por máis as dos como ao ou súa tamén polo pola foi seu entre son
eu: eta da ez du bat dira izan ere baina zuen dute den egin baino hori duen zen oso dela edo bere
sq: të e në i me që për një është nga ka u si se më dhe nuk do të do ky kjo janë por ai ishte kjo
id ms: yang dan di itu dengan untuk tidak ini dari dalam akan pada juga ke oleh ada karena mereka bisa adalah telah saya kami sebagai tersebut atau kepada
tl fil: ang ng sa na at mga ay si ni ito para hindi kung siya ko nang may kanyang mo naman lang niya
sw: ya na wa kwa ni katika za la cha kuwa hiyo huo yake hii wake lakini pia kama alisema watu baada
vi: và của là có được cho không trong một với các người đã này những khi về từ đến cũng như để đó ông vào năm ra trên nhiều việc tại hơn sau theo phải lại đang sẽ bị thể mới nhưng nước hai nếu chỉ còn
cy: y yn a i o ar yr am ei wedi bod mae i'r gan ac sydd fod oedd eu hyn
ga: an a na agus ar go i is le sa bhí tá do ag sé air don nach chun ach
mt: li ta u fil il ma biex dan kien minn għal f'dan mal tal qal din hija huwa fuq
af: die van en in het is wat nie om vir te op dat met hy word aan ook as sy by deur kan uit sal was daar
ru: и в не на я что он с как это по но из у за от то так же для его к до вы бы о был она их было мы или если только при уже еще ещё когда после этого также
uk: і в не на що з у до як та за це від про але для його є й він був по які який ми було вони то так також через після її щодо вже або бути
be: і у не на што з да як за гэта ад па але для яго ён пра быў якія мы было яны так таксама або калі ўжо пры яе
bg: на и в да се за от не с че по са е си ще като до това който но или са при след които към има бе този също през а още беше бяха му ги които един една които вече как не
mk: на и во да се за од не со дека по е ќе како до тоа кој но или при според се што оваа беше исто сите
sr: је и у на се да су за од са као што не о који то из би ће а или није био по само већ која након
kk: және бұл да де мен үшін бір деп бойынша емес болып осы туралы болды ол
ar: في من على أن إلى عن التي هذا مع ما كان لا الذي هذه بعد ذلك هو قال بين كما أو قد لم إن كانت وقال حيث خلال وهو هي به له لها منه منها فيها عليه أي كل بعض حتى عند غير هناك قبل إنه أنه ولم ولا وفي ومن كذلك حول أكثر يوم ثم لن قال
fa: و در به از که این را با است برای آن یک خود تا بر هم نیز شده کرد می ها شد بود ای اما گفت کند باید
ur: کے کی میں ہے اور سے کا کو نے ہیں کہ پر یہ اس بھی نہیں کر تھا ہو گیا کیا ایک ان وہ لئے
ps: د په او چې کې له ته دی سره نه یې هم وه شي کړي
hi: के में की है और से को का ने पर यह भी कि नहीं हैं एक हो इस था जो लिए कर तो गया ही
mr: आणि आहे या ते की हे मध्ये होते नाही आहेत यांनी त्या करण्यात असून व तर झाली
ne: र छ को मा ले भने पनि यो हो गर्न छन् भएको गरेको उनले तथा`

// A wordLists is the table of commonest, by its lines.
type wordLists struct {
	tags [][]Tag           // the languages of a line
	of   map[string]uint64 // the lines that have a word: bit n for line n
	by   map[Tag]int       // the first line of a language
}

var wordTable = sync.OnceValue(func() wordLists {
	t := wordLists{of: map[string]uint64{}, by: map[Tag]int{}}
	for line := range strings.Lines(commonest) {
		tags, list, _ := strings.Cut(line, ":")
		n := len(t.tags)
		t.tags = append(t.tags, nil)
		for tag := range strings.FieldsSeq(tags) {
			t.tags[n] = append(t.tags[n], Tag(tag))
			if _, known := t.by[Tag(tag)]; !known {
				t.by[Tag(tag)] = n
			}
		}
		for w := range strings.FieldsSeq(list) {
			t.of[w] |= 1 << n
		}
	}
	return t
})

// linesOf returns, for each word of a text, the lines that have it.
func (t wordLists) linesOf(text string) []uint64 {
	words := make([]uint64, 0, len(text)/4)
	var word [4 * longestCommon]byte
	n, length := 0, 0 // bytes and characters of the word; it is no common one if it has too many
	flush := func() {
		if length > 0 {
			var of uint64
			if length <= longestCommon {
				of = t.of[strings.Trim(string(word[:n]), "'")]
			}
			words = append(words, of)
		}
		n, length = 0, 0
	}
	for _, r := range text {
		switch {
		case r < 0x80 && (r|0x20 >= 'a' && r|0x20 <= 'z'):
			r |= 0x20
		case r < 0x80 && r != '\'':
			flush()
			continue
		case r >= 0x80 && (unicode.IsLetter(r) || unicode.Is(unicode.M, r)):
			r = unicode.ToLower(r)
		case r >= 0x80:
			flush()
			continue
		}
		if length++; length <= longestCommon {
			n += utf8.EncodeRune(word[n:], r)
		}
	}
	flush()
	return words
}

// longestCommon is how many characters a common word has at most.
const longestCommon = 20

// tells reports whether words are plainly of the languages of line a and not of those of line b.
func tells(words []uint64, a, b int) bool {
	onlyA, onlyB := 0, 0
	for _, of := range words {
		inA, inB := of>>a&1, of>>b&1
		if inA > inB {
			onlyA++
		} else if inB > inA {
			onlyB++
		}
	}
	return float64(onlyA) >= notShared*float64(len(words)) && onlyA >= timesAsCommon*onlyB
}

// scriptTables are the scripts that texts are told by, and the language of those that hardly another is written in.
var scriptTables = []struct {
	name string
	of   *unicode.RangeTable
	tag  Tag
}{
	{"Latn", unicode.Latin, ""},
	{"Cyrl", unicode.Cyrillic, ""},
	{"Arab", unicode.Arabic, ""},
	{"Deva", unicode.Devanagari, ""},
	{"Hani", unicode.Han, ""},
	{"Kana", unicode.Hiragana, "ja"},
	{"Kana", unicode.Katakana, "ja"},
	{"Hang", unicode.Hangul, "ko"},
	{"Grek", unicode.Greek, "el"},
	{"Hebr", unicode.Hebrew, "he"},
	{"Thai", unicode.Thai, "th"},
	{"Geor", unicode.Georgian, "ka"},
	{"Armn", unicode.Armenian, "hy"},
	{"Beng", unicode.Bengali, "bn"},
	{"Taml", unicode.Tamil, "ta"},
	{"Telu", unicode.Telugu, "te"},
	{"Gujr", unicode.Gujarati, "gu"},
	{"Guru", unicode.Gurmukhi, "pa"},
	{"Knda", unicode.Kannada, "kn"},
	{"Mlym", unicode.Malayalam, "ml"},
	{"Sinh", unicode.Sinhala, "si"},
	{"Khmr", unicode.Khmer, "km"},
	{"Laoo", unicode.Lao, "lo"},
	{"Mymr", unicode.Myanmar, "my"},
	{"Ethi", unicode.Ethiopic, "am"},
}

// Bounds of Written: how many letters and words the answer wants at least, how much of a text is looked at, and which shares of it are plain.
const (
	leastLetters  = 60
	leastWords    = 40
	leastCommon   = 8
	mostWritten   = 900  // bytes
	ofOneScript   = 0.8  // of the letters
	commonWords   = 0.25 // of the words
	fewCommon     = 0.06 // of the words, in languages that say with endings what others say with words; then no other has nearly as many
	mostOther     = 0.4  // of those
	notShared     = 0.08 // of the words: common in the one language and not in the other
	timesAsCommon = 5
)

// Written returns the language that a text is plainly written in, by its script and its commonest words, where that is another than the one it is said to
// be in; said may be empty. It is empty where the text is in that language, or in one that words do not tell from it, and where nothing is
// plain; other is true where the text cannot be in the language it is said to be in, whatever it is in.
//
//	Written("en", portuguese) → "pt", true    Written("pt", portuguese) → "", false    Written("en", tatar) → "", true
func Written(said Tag, text string) (tag Tag, other bool) {
	text = text[:min(len(text), mostWritten)]
	script, by := scriptOf(text)
	if script == "" {
		return "", false
	}
	wrongScript := said != "" && !writes(said, script)
	if by != "" {
		if said.Is(by) || said != "" && !wrongScript {
			return "", false
		}
		return by, said != ""
	}
	tag, plain := byWords(said, text, wrongScript)
	if tag.Bare() == said.Bare() {
		tag = ""
	}
	return tag, said != "" && (wrongScript && !digraphic[said.Bare()] || plain && tag != "")
}

// digraphic are languages of which texts in another script than the usual one are read, too.
var digraphic = map[Tag]bool{"sr": true, "bs": true, "uz": true, "kk": true, "az": true, "mn": true, "tg": true, "tk": true, "ku": true, "ckb": true, "pa": true, "sd": true, "ms": true, "tt": true, "ky": true, "ug": true, "ha": true, "ro": true, "mo": true, "yi": true, "ks": true, "kok": true}

// scriptOf returns the script that nearly all letters of a text are of, and its language where hardly another is written in it.
func scriptOf(text string) (script string, tag Tag) {
	counts := map[string]int{}
	tags := map[string]Tag{}
	all, latin, last := 0, 0, 0
	for _, r := range text {
		if r < 0x80 {
			if r|0x20 >= 'a' && r|0x20 <= 'z' {
				all++
				latin++
			}
			continue
		}
		if !unicode.IsLetter(r) {
			continue
		}
		all++
		if r < 0x250 {
			latin++
			continue
		}
		if !unicode.Is(scriptTables[last].of, r) {
			last = -1
			for i := range scriptTables {
				if unicode.Is(scriptTables[i].of, r) {
					last = i
					break
				}
			}
			if last < 0 {
				last = 0
				continue
			}
		}
		counts[scriptTables[last].name]++
		tags[scriptTables[last].name] = scriptTables[last].tag
	}
	if counts["Latn"] += latin; all < leastLetters {
		return "", ""
	}
	switch han, kana := counts["Hani"], counts["Kana"]; {
	case float64(han+kana) < ofOneScript*float64(all):
	case kana*10 > han+kana:
		return "Jpan", "ja"
	case kana*100 < han:
		return "Hani", "zh"
	default:
		return "", ""
	}
	for name, n := range counts {
		if float64(n) >= ofOneScript*float64(all) {
			return name, tags[name]
		}
	}
	return "", ""
}

// writes reports whether a language is written in a script, as far as is known.
func writes(tag Tag, script string) bool {
	own := usualScript(tag, lookup(tag))
	switch own {
	case "":
		return true
	case "Hans", "Hant", "Hani":
		return script == "Hani"
	case "Kore":
		return script == "Hang"
	}
	return own == script
}

// byWords returns the language whose commonest words a text has, and whether it is plain that it is no other of those that are known.
func byWords(said Tag, text string, wrongScript bool) (Tag, bool) {
	t := wordTable()
	own, known := t.by[said.Bare()]
	if said != "" && !known && !wrongScript {
		return "", false // nothing is known of it: a small neighbour of a large language has many words of it
	}
	words := t.linesOf(text)
	if len(words) < leastWords {
		return "", false
	}
	counts := make([]int, len(t.tags))
	for _, of := range words {
		for ; of != 0; of &= of - 1 {
			counts[bits.TrailingZeros64(of)]++
		}
	}
	best := 0
	for n := range counts {
		if counts[n] > counts[best] {
			best = n
		}
	}
	second := 0
	for n := range counts {
		if n != best {
			second = max(second, counts[n])
		}
	}
	share := float64(counts[best]) / float64(len(words))
	if share < commonWords && (share < fewCommon || counts[best] < leastCommon || float64(second) > mostOther*float64(counts[best])) {
		return "", false
	}
	if known && said != "" && own == best {
		return said, true
	}
	for n := range counts {
		if n != best && (n == own && known && said != "" || counts[n]*2 > counts[best]) && !tells(words, best, n) {
			return "", false
		}
	}
	return t.tags[best][0], true
}
