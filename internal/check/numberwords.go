package check

import (
	"strconv"
	"strings"
)

// numberWords gives for each language the words that are numbers, with their values. Articles that also mean one are among them: a
// word only ever answers a number of the other side, it never asks for one.
var numberWords = func() map[string]map[string]float64 {
	m := map[string]map[string]float64{}
	for tag, list := range map[string]string{
		"en": `zero=0 nil=0 no=0 none=0 a=1 an=1 one=1 first=1 once=1 single=1 only=1 two=2 second=2 twice=2 double=2 both=2 couple=2 pair=2 half=0.5 three=3 third=3 triple=3 trio=3 thrice=3
four=4 fourth=4 quarter=0.25 five=5 fifth=5 six=6 sixth=6 seven=7 seventh=7 eight=8 eighth=8 nine=9 ninth=9 ten=10 tenth=10 decade=10 decades=10 eleven=11 eleventh=11 twelve=12 twelfth=12
dozen=12 noon=12 midnight=12 thirteen=13 thirteenth=13 fourteen=14 fourteenth=14 fortnight=14 fifteen=15 fifteenth=15 sixteen=16 sixteenth=16 seventeen=17 seventeenth=17 eighteen=18 eighteenth=18
nineteen=19 nineteenth=19 twenty=20 twentieth=20 twenties=20 thirty=30 thirtieth=30 thirties=30 forty=40 fortieth=40 forties=40 fifty=50 fiftieth=50 fifties=50 sixty=60 sixtieth=60 sixties=60
seventy=70 seventieth=70 seventies=70 eighty=80 eightieth=80 eighties=80 ninety=90 ninetieth=90 nineties=90 hundred=100 hundredth=100 hundreds=100 century=100 thousand=1000 thousands=1000
thousandth=1000 million=1e6 millions=1e6 millionth=1e6 billion=1e9 billions=1e9 trillion=1e12 trillions=1e12`,
		"fr": `zéro=0 aucun=0 aucune=0 un=1 une=1 premier=1 première=1 seul=1 seule=1 deux=2 deuxième=2 second=2 seconde=2 double=2 demi=0.5 demie=0.5 moitié=0.5 trois=3 troisième=3 tiers=3 triple=3
quatre=4 quatrième=4 quart=0.25 cinq=5 cinquième=5 six=6 sixième=6 sept=7 septième=7 huit=8 huitième=8 neuf=9 neuvième=9 dix=10 dixième=10 dizaine=10 décennie=10 onze=11 onzième=11 douze=12
douzième=12 douzaine=12 midi=12 minuit=0 treize=13 treizième=13 quatorze=14 quatorzième=14 quinze=15 quinzième=15 quinzaine=15 seize=16 seizième=16 dix-sept=17 dix-septième=17 dix-huit=18 dix-huitième=18
dix-neuf=19 dix-neuvième=19 vingt=20 vingts=20 vingtième=20 vingtaine=20 trente=30 trentième=30 trentaine=30 quarante=40 quarantième=40 quarantaine=40 cinquante=50 cinquantième=50 cinquantaine=50
soixante=60 soixantième=60 soixantaine=60 septante=70 huitante=80 octante=80 nonante=90 cent=100 cents=100 centième=100 centaine=100 centaines=100 siècle=100 mille=1000 millième=1000 millier=1000 milliers=1000
million=1e6 millions=1e6 milliard=1e9 milliards=1e9 billion=1e12 billions=1e12`,
		"es": `cero=0 ningún=0 ninguno=0 ninguna=0 un=1 uno=1 una=1 primer=1 primero=1 primera=1 único=1 única=1 dos=2 segundo=2 segunda=2 doble=2 ambos=2 ambas=2 par=2 medio=0.5 media=0.5 mitad=0.5 tres=3 tercer=3
tercero=3 tercera=3 tercio=3 triple=3 cuatro=4 cuarto=4 cuarta=4 cinco=5 quinto=5 quinta=5 seis=6 sexto=6 sexta=6 siete=7 séptimo=7 séptima=7 ocho=8 octavo=8 octava=8 nueve=9 noveno=9 novena=9 diez=10
décimo=10 décima=10 decena=10 década=10 décadas=10 once=11 undécimo=11 doce=12 docena=12 mediodía=12 medianoche=12 trece=13 catorce=14 quince=15 quincena=15 dieciséis=16 diecisiete=17 dieciocho=18
diecinueve=19 veinte=20 veintena=20 veintiuno=21 veintiún=21 veintidós=22 veintitrés=23 veinticuatro=24 veinticinco=25 veintiséis=26 veintisiete=27 veintiocho=28 veintinueve=29 treinta=30 cuarenta=40
cincuenta=50 sesenta=60 setenta=70 ochenta=80 noventa=90 cien=100 ciento=100 centenar=100 centenares=100 cientos=100 siglo=100 doscientos=200 doscientas=200 trescientos=300 trescientas=300 cuatrocientos=400
cuatrocientas=400 quinientos=500 quinientas=500 seiscientos=600 seiscientas=600 setecientos=700 ochocientos=800 novecientos=900 mil=1000 miles=1000 millar=1000 millares=1000 millón=1e6 millones=1e6
millardo=1e9 billón=1e12 billones=1e12`,
		"pt": `zero=0 nenhum=0 nenhuma=0 um=1 uma=1 primeiro=1 primeira=1 único=1 única=1 dois=2 duas=2 segundo=2 segunda=2 dobro=2 duplo=2 dupla=2 ambos=2 ambas=2 par=2 casal=2 meio=0.5 meia=0.5 metade=0.5 três=3
terceiro=3 terceira=3 terço=3 triplo=3 quatro=4 quarto=4 quarta=4 cinco=5 quinto=5 quinta=5 seis=6 sexto=6 sexta=6 sete=7 sétimo=7 sétima=7 oito=8 oitavo=8 oitava=8 nove=9 nono=9 nona=9 dez=10 décimo=10
décima=10 dezena=10 dezenas=10 década=10 décadas=10 onze=11 doze=12 dúzia=12 dúzias=12 meio-dia=12 meia-noite=0 treze=13 catorze=14 quatorze=14 quinze=15 quinzena=15 dezesseis=16 dezasseis=16 dezessete=17
dezassete=17 dezoito=18 dezenove=19 dezanove=19 vinte=20 vigésimo=20 trinta=30 quarenta=40 cinquenta=50 sessenta=60 setenta=70 oitenta=80 noventa=90 cem=100 cento=100 centena=100 centenas=100 século=100
duzentos=200 duzentas=200 trezentos=300 trezentas=300 quatrocentos=400 quatrocentas=400 quinhentos=500 quinhentas=500 seiscentos=600 seiscentas=600 setecentos=700 oitocentos=800 novecentos=900 mil=1000
milhar=1000 milhares=1000 milhão=1e6 milhões=1e6 bilhão=1e9 bilhões=1e9 bilião=1e12 biliões=1e12 trilhão=1e12 trilhões=1e12`,
		"it": `zero=0 nessun=0 nessuno=0 nessuna=0 un=1 uno=1 una=1 primo=1 prima=1 unico=1 unica=1 due=2 secondo=2 seconda=2 doppio=2 entrambi=2 entrambe=2 coppia=2 mezzo=0.5 mezza=0.5 metà=0.5 tre=3 terzo=3 terza=3
quattro=4 quarto=4 quarta=4 cinque=5 quinto=5 quinta=5 sei=6 sesto=6 sesta=6 sette=7 settimo=7 settima=7 otto=8 ottavo=8 ottava=8 nove=9 nono=9 nona=9 dieci=10 decimo=10 decina=10 decennio=10 undici=11
dodici=12 dozzina=12 mezzogiorno=12 mezzanotte=0 tredici=13 quattordici=14 quindici=15 quindicina=15 sedici=16 diciassette=17 diciotto=18 diciannove=19 venti=20 ventesimo=20 ventina=20 trenta=30 quaranta=40
cinquanta=50 sessanta=60 settanta=70 ottanta=80 novanta=90 cento=100 centinaia=100 centinaio=100 secolo=100 duecento=200 trecento=300 quattrocento=400 cinquecento=500 seicento=600 settecento=700
ottocento=800 novecento=900 mille=1000 mila=1000 migliaia=1000 duemila=2000 tremila=3000 quattromila=4000 cinquemila=5000 diecimila=10000 ventimila=20000 centomila=100000 milione=1e6 milioni=1e6
miliardo=1e9 miliardi=1e9 bilione=1e12`,
		"de": `null=0 kein=0 keine=0 keinen=0 ein=1 eins=1 eine=1 einen=1 einem=1 einer=1 erste=1 ersten=1 erster=1 erstes=1 einzige=1 zwei=2 zweite=2 zweiten=2 zweiter=2 zweimal=2 doppelt=2 beide=2 beiden=2 paar=2 halb=0.5
halbe=0.5 halben=0.5 hälfte=0.5 drei=3 dritte=3 dritten=3 dritter=3 drittel=3 dreifach=3 vier=4 vierte=4 vierten=4 viertel=0.25 fünf=5 fünfte=5 fünften=5 sechs=6 sechste=6 sechsten=6 sieben=7 siebte=7
siebten=7 acht=8 achte=8 achten=8 neun=9 neunte=9 neunten=9 zehn=10 zehnte=10 zehnten=10 jahrzehnt=10 jahrzehnte=10 elf=11 elfte=11 zwölf=12 zwölfte=12 dutzend=12 mittag=12 mitternacht=0 hundert=100
hunderte=100 jahrhundert=100 tausend=1000 tausende=1000 million=1e6 millionen=1e6 milliarde=1e9 milliarden=1e9 billion=1e12 billionen=1e12 mio=1e6 mrd=1e9`,
		"ru": `ноль=0 нуль=0 один=1 одна=1 одно=1 одного=1 одной=1 одном=1 первый=1 первая=1 первое=1 первого=1 первой=1 первом=1 первых=1 единственный=1 два=2 две=2 двух=2 двумя=2 двум=2 второй=2 вторая=2 второе=2
второго=2 оба=2 обе=2 обоих=2 двое=2 дважды=2 пара=2 пару=2 половина=0.5 половину=0.5 половины=0.5 полтора=1.5 полторы=1.5 три=3 трех=3 трёх=3 тремя=3 трем=3 третий=3 третья=3 третьего=3 третьей=3 трое=3 треть=3
четыре=4 четырех=4 четырёх=4 четвертый=4 четвёртый=4 четвертой=4 четверо=4 четверть=0.25 пять=5 пяти=5 пятый=5 пятой=5 пятого=5 шесть=6 шести=6 шестой=6 шестого=6 семь=7 семи=7 седьмой=7 седьмого=7 восемь=8
восьми=8 восьмой=8 девять=9 девяти=9 девятый=9 десять=10 десяти=10 десятый=10 десятилетие=10 десятилетия=10 одиннадцать=11 двенадцать=12 дюжина=12 полдень=12 полночь=0 тринадцать=13 четырнадцать=14 пятнадцать=15
шестнадцать=16 семнадцать=17 восемнадцать=18 девятнадцать=19 двадцать=20 двадцати=20 тридцать=30 тридцати=30 сорок=40 сорока=40 пятьдесят=50 пятидесяти=50 шестьдесят=60 семьдесят=70 восемьдесят=80 девяносто=90
сто=100 ста=100 сотни=100 сотен=100 век=100 века=100 двести=200 триста=300 четыреста=400 пятьсот=500 шестьсот=600 семьсот=700 восемьсот=800 девятьсот=900 тысяча=1000 тысячи=1000 тысяч=1000 тысячу=1000 тыс=1000
миллион=1e6 миллиона=1e6 миллионов=1e6 млн=1e6 миллиард=1e9 миллиарда=1e9 миллиардов=1e9 млрд=1e9 триллион=1e12 триллиона=1e12 триллионов=1e12 трлн=1e12`,
		"uk": `нуль=0 один=1 одна=1 одне=1 одного=1 однієї=1 перший=1 перша=1 перше=1 першого=1 першій=1 першої=1 два=2 дві=2 двох=2 двома=2 другий=2 друга=2 другого=2 обидва=2 обидві=2 двоє=2 двічі=2 половина=0.5
половину=0.5 півтора=1.5 три=3 трьох=3 третій=3 третя=3 третього=3 троє=3 третина=3 чотири=4 чотирьох=4 четвертий=4 чверть=0.25 пять=5 п'ять=5 пʼять=5 п’ять=5 п'яти=5 шість=6 шести=6 сім=7 семи=7 вісім=8 восьми=8
девять=9 дев'ять=9 дев’ять=9 десять=10 десяти=10 десятиліття=10 одинадцять=11 дванадцять=12 тринадцять=13 чотирнадцять=14 п'ятнадцять=15 п’ятнадцять=15 шістнадцять=16 сімнадцять=17 вісімнадцять=18 дев'ятнадцять=19
дев’ятнадцять=19 двадцять=20 двадцяти=20 тридцять=30 тридцяти=30 сорок=40 п'ятдесят=50 п’ятдесят=50 шістдесят=60 сімдесят=70 вісімдесят=80 дев'яносто=90 дев’яносто=90 сто=100 ста=100 сотні=100 сотень=100
століття=100 двісті=200 триста=300 чотириста=400 п'ятсот=500 п’ятсот=500 тисяча=1000 тисячі=1000 тисяч=1000 тис=1000 мільйон=1e6 мільйона=1e6 мільйони=1e6 мільйонів=1e6 млн=1e6 мільярд=1e9 мільярда=1e9
мільярди=1e9 мільярдів=1e9 млрд=1e9 трильйон=1e12 трильйонів=1e12 трлн=1e12`,
		"pl": `zero=0 jeden=1 jedna=1 jedno=1 jednego=1 pierwszy=1 pierwsza=1 pierwszego=1 dwa=2 dwie=2 dwóch=2 dwoma=2 drugi=2 druga=2 drugiego=2 oba=2 obie=2 pół=0.5 połowa=0.5 połowę=0.5 trzy=3 trzech=3 trzeci=3 trzecia=3
cztery=4 czterech=4 czwarty=4 pięć=5 pięciu=5 piąty=5 sześć=6 sześciu=6 siedem=7 siedmiu=7 osiem=8 ośmiu=8 dziewięć=9 dziewięciu=9 dziesięć=10 dziesięciu=10 jedenaście=11 dwanaście=12 trzynaście=13 czternaście=14
piętnaście=15 szesnaście=16 siedemnaście=17 osiemnaście=18 dziewiętnaście=19 dwadzieścia=20 trzydzieści=30 czterdzieści=40 pięćdziesiąt=50 sześćdziesiąt=60 siedemdziesiąt=70 osiemdziesiąt=80 dziewięćdziesiąt=90 sto=100
stu=100 setki=100 dwieście=200 trzysta=300 czterysta=400 pięćset=500 tysiąc=1000 tysiące=1000 tysięcy=1000 tys=1000 milion=1e6 miliony=1e6 milionów=1e6 mln=1e6 miliard=1e9 miliardy=1e9 miliardów=1e9 mld=1e9 bilion=1e12`,
		"ca": `zero=0 cap=0 un=1 una=1 primer=1 primera=1 únic=1 única=1 dos=2 dues=2 segon=2 segona=2 doble=2 ambdós=2 mig=0.5 mitja=0.5 meitat=0.5 tres=3 tercer=3 tercera=3 terç=3 quatre=4 quart=4 quarta=4 cinc=5 cinquè=5
sis=6 sisè=6 set=7 setè=7 vuit=8 vuitè=8 nou=9 novè=9 deu=10 desè=10 dècada=10 onze=11 dotze=12 dotzena=12 migdia=12 mitjanit=0 tretze=13 catorze=14 quinze=15 setze=16 disset=17 divuit=18 dinou=19 vint=20 trenta=30
quaranta=40 cinquanta=50 seixanta=60 setanta=70 vuitanta=80 noranta=90 cent=100 cents=100 centenar=100 centenars=100 segle=100 mil=1000 milers=1000 milió=1e6 milions=1e6 bilió=1e12 bilions=1e12`,
		"nl": `nul=0 geen=0 een=1 één=1 eerste=1 enige=1 twee=2 tweede=2 dubbel=2 beide=2 paar=2 half=0.5 halve=0.5 helft=0.5 drie=3 derde=3 vier=4 vierde=4 kwart=0.25 vijf=5 vijfde=5 zes=6 zesde=6 zeven=7 zevende=7 acht=8
achtste=8 negen=9 negende=9 tien=10 tiende=10 elf=11 twaalf=12 dozijn=12 middag=12 middernacht=0 dertien=13 veertien=14 vijftien=15 zestien=16 zeventien=17 achttien=18 negentien=19 twintig=20 dertig=30 veertig=40
vijftig=50 zestig=60 zeventig=70 tachtig=80 negentig=90 honderd=100 honderden=100 eeuw=100 duizend=1000 duizenden=1000 miljoen=1e6 miljoenen=1e6 miljard=1e9 miljarden=1e9 biljoen=1e12`,
	} {
		m[tag] = map[string]float64{}
		for _, pair := range strings.Fields(list) {
			word, value, _ := strings.Cut(pair, "=")
			v, err := strconv.ParseFloat(value, 64)
			if err != nil {
				panic("check: number word " + pair) // a fault of the table, which any test meets
			}
			m[tag][word] = v
		}
	}
	compounds(m["de"], "und", []string{"", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"},
		[]string{"", "", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"})
	compounds(m["nl"], "en", []string{"", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen"},
		[]string{"", "", "twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig"})
	for i, teen := range []string{"dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn"} {
		m["de"][teen] = float64(13 + i)
	}
	for i, unit := range []string{"", "uno", "due", "tre", "quattro", "cinque", "sei", "sette", "otto", "nove"} {
		for ten, word := range map[int]string{20: "venti", 30: "trenta", 40: "quaranta", 50: "cinquanta", 60: "sessanta", 70: "settanta", 80: "ottanta", 90: "novanta"} {
			if unit == "uno" || unit == "otto" {
				m["it"][word[:len(word)-1]+unit] = float64(ten + i)
			}
			m["it"][word+unit] = float64(ten + i)
		}
	}
	return m
}()

// compounds adds the numbers that are one word with the unit before the ten: einundzwanzig, and hundreds and thousands of units.
func compounds(m map[string]float64, and string, units, tens []string) {
	for t := 2; t < 10; t++ {
		m[tens[t]] = float64(10 * t)
		for u := 1; u < 10; u++ {
			m[units[u]+and+tens[t]] = float64(10*t + u)
		}
	}
	for u := 2; u < 10; u++ {
		for big, v := range map[string]float64{"hundert": 100, "tausend": 1000, "honderd": 100, "duizend": 1000} {
			m[units[u]+big] = float64(u) * v
		}
	}
}

// joiners are the words within a number: twenty and one, vingt et un.
var joiners = map[string]bool{"and": true, "et": true, "y": true, "e": true, "und": true, "en": true, "i": true, "de": true, "d": true}
