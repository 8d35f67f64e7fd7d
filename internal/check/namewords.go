package check

import (
	_ "embed"
	"strings"
	"sync"

	"github.com/dragoman-newsroom/dragoman/internal/segment"
)

// The lists of this file are of general knowledge, written by hand: no text was searched for them. They hold kinds of words, not
// words that were seen somewhere; what they miss costs an editor a look and never hides a fault.

// offices are titles, ranks and posts, which stand before a name and are translated.
var offices = map[string]string{
	"en": `administrator admiral ambassador archbishop attorney baron bishop cabinet captain cardinal chairman chairwoman chancellor chief coach colonel
commander commissioner congressman congresswoman count countess deputy detective director doctor dr duke emperor executive father general governor
imam judge justice king lady leader lieutenant lord major marshal master mayor member minister miss mr mrs ms officer patriarch pope premier president
prince princess principal private professor prosecutor queen rabbi rector reporter representative rev reverend saint secretary senator sergeant sheikh
sir sister speaker spokesman spokesperson spokeswoman sultan tsar`,
	"fr": `abbé ambassadeur amiral archevêque baron capitaine cardinal chancelier chef colonel commandant commissaire comte comtesse docteur dr duc duchesse
empereur gouverneur général impératrice juge lieutenant lord madame maire major marquis maréchal maître messieurs ministre mlle mme monseigneur
monsieur pape patriarche prince princesse procureur professeur président présidente rabbin reine roi saint sainte secrétaire sergent sir sénateur tsar
vice évêque`,
	"es": `almirante arzobispo barón canciller capitán cardenal comandante conde condesa coronel diputado director doctor doctora don doña dr duque duquesa
embajador emperador fiscal general gobernador jefe juez lord ministra ministro monseñor obispo papa patriarca presidenta presidente princesa profesor
príncipe rabino reina rey san santa santo secretario senador señor señora sir sr sra teniente zar`,
	"pt": `almirante arcebispo barão bispo cabo capitão cardeal chanceler comandante conde condessa coronel czar deputado diretor dom dona doutor doutora dr dra
duque duquesa embaixador general governador imperador imperatriz juiz lorde major marechal ministra ministro papa patriarca prefeito presidente
princesa procurador professor príncipe rabino rainha rei santa santo secretário senador senhor senhora sir sr sra são tenente`,
	"it": `ambasciatore ammiraglio arcivescovo barone cancelliere capitano cardinale colonnello comandante conte contessa direttore don dottor dottore duca
duchessa generale giudice governatore imperatore lord ministro monsignor onorevole papa patriarca presidente principe principessa procuratore
professor professore re regina san sant santa santo segretario senatore signor signora sindaco sir vescovo zar`,
	"ru": `адмирал генерал глава губернатор директор доктор император канцлер капитан князь королева король лорд майор маршал министр папа патриарх полковник
посол президент премьер премьер-министр принц принцесса прокурор профессор святой сенатор сэр царь`,
	"uk": `адмірал генерал губернатор директор доктор канцлер капітан князь королева король лорд майор маршал міністр папа патріарх полковник посол президент
премʼєр принц принцеса прокурор професор святий сенатор сер цар імператор`,
}

// bodies are nouns of institutions, organisations and what they do, of offices and seats, of treaties, prizes and events.
var bodies = map[string]string{
	"en": `academy act affairs agency agreement airline airport alliance archive army arts assembly association authority award bank battle board
broadcasting bureau business cathedral center centre chamber championship charter church club coalition college command commission committee
company confederation conference congress constitution convention cooperation corporation council court crown culture cup declaration defence
defense delegation department development district division economy education embassy empire employment energy environment faculty fair federation
festival finance fleet force forum foundation front fund gallery games government group guard headquarters health heritage hospital house industry
institute institution intelligence interior kingdom labor laboratory labour law league library market medicine ministry mission mosque movement
museum nation navy network office open order organisation organization palace parliament party peace police post prize program programme project
province regiment republic research reserve resistance resolution revolution school science secretariat security senate service site society space
sports stadium state station summit supreme team technology temple theater theatre trade transport treasury treaty tribunal trust union unit
university war welfare`,
	"fr": `académie accord administration affaires agence alliance armée assemblée association autorité banque bibliothèque bourse bureau cabinet
cathédrale centre chambre charte club coalition collège comité commission compagnie confédération conférence congrès conseil constitution
convention coupe cour culture division déclaration défense département empire environnement festival finances fondation fonds force forum front
fédération garde gouvernement groupe guerre hôpital initiative institut intérieur justice ligue loi maison marine ministère mission mouvement
musée nation organisation palais parlement parti police prix programme royaume république réserve résistance révolution santé service société
sommet stade sénat théâtre traité tribunal union université église état`,
	"es": `academia acuerdo administración agencia alianza armada asamblea asociación autoridad ayuntamiento banco biblioteca bolsa carta casa
catedral centro club coalición comisión comité compañía confederación conferencia congreso consejo constitución convención copa corte cultura
cámara declaración defensa departamento distrito división ejército empresa escuela estado exteriores facultad federación festival fiscalía fondo
foro frente fuerza fundación gobierno grupo guardia guerra hospital iglesia imperio instituto interior juegos junta justicia ley liga ministerio
movimiento museo nación oficina organización palacio parlamento partido policía premio programa reino república revolución salud senado servicio
sociedad teatro tratado tribunal universidad unión`,
	"pt": `academia acordo administração agência aliança armada assembleia associação autoridade banco biblioteca bolsa campeonato carta casa catedral
centro clube coalizão coligação comissão comité companhia confederação conferência congresso conselho constituição convenção copa corte cultura
câmara declaração defesa departamento distrito divisão educação empresa escola escritório estado exteriores exército faculdade federação festival
força frente fundação fundo fórum governo grupo guarda guerra hospital igreja império instituto interior jogos justiça lei liga marinha ministério
missão movimento museu nação operação ordem organização palácio parlamento partido polícia programa prémio reino república revolução saúde
segurança senado serviço sociedade taça teatro tratado tribunal universidade união`,
	"it": `accademia accordo agenzia alleanza assemblea associazione autorità banca biblioteca borsa camera carta casa cattedrale centro chiesa club
coalizione comitato commissione compagnia confederazione conferenza congresso consiglio convenzione coppa corte costituzione cultura dichiarazione
difesa dipartimento esercito esteri federazione fondazione fondo forum forza fronte governo gruppo guardia guerra impero interni istituto lega
legge marina ministero missione movimento museo nazione organizzazione ospedale palazzo parlamento partito polizia premio procura regno repubblica
rivoluzione scuola senato società stato teatro trattato tribunale ufficio unione università`,
	"ru": `агентство академия армия ассамблея ассоциация банк библиотека больница бюро война группа движение департамент договор дума закон империя
институт кабинет клуб комиссия комитет компания конвенция конгресс конституция конференция королевство корпорация кубок лига министерство музей
национальный объединенный организация палата парламент партия полиция премия программа революция республика россии сенат служба совет сообщество
союз суд театр университет управление федеральный федерация фонд форум храм центр центральный церковь школа штаты`,
	"uk": `агентство академія армія асамблея асоціація банк бюро бібліотека війна група департамент договір закон кабінет клуб компанія комісія
комітет конвенція конгрес конституція конференція королівство корпорація кубок ліга музей міністерство національний обʼєднані організація палата
парламент партія поліція премія програма рада революція республіка сенат служба союз спілка суд театр університет управління федерація фонд форум
центр церква школа штати імперія інститут`,
}

// features are nouns of places and ways, of the sky, the seasons and storms, which are part of many names and are translated.
var features = map[string]string{
	"en": `archipelago area autumn avenue bay beach boulevard bridge canal canyon cape castle channel city coast county cyclone desert earth equator
falls forest fort fortress garden gate gulf harbor harbour heights hill hurricane island isle lake moon mount mountain ocean park pass peninsula
pole port range region river road route sea spring square storm strait street summer sun territories territory tower town typhoon valley village
volcano wall way winter world`,
	"fr": `archipel automne avenue aéroport baie boulevard canal cap château cité col côte désert détroit fleuve fort forêt gare golfe hiver jardin
lac lune mer mont montagnes mur océan parc place plage pont port printemps province péninsule rivière route rue région soleil terre tour vallée
ville volcan zone équateur été île`,
	"es": `aeropuerto archipiélago avenida bahía cabo calle canal castillo cataratas ciudad condado costa desierto ecuador estrecho golfo invierno
isla jardín lago luna mar montaña monte muro océano otoño parque península playa plaza primavera provincia puente puerto región río sol tierra
torre valle verano volcán zona`,
	"pt": `aeroporto arquipélago avenida baía canal castelo cataratas cidade condado costa deserto equador estação estreito floresta golfo ilha
inverno jardim lago lua mar montanha monte mundo muro oceano outono parque península ponte porto praia praça primavera província região rio rua
sol terra torre vale verão vulcão zona`,
	"it": `aeroporto arcipelago autunno baia canale capo castello città contea costa deserto equatore estate fiume foresta golfo inverno isola lago
luna mare montagne monte muro oceano parco penisola piazza ponte porto primavera provincia regione sole spiaggia stretto terra torre valle via
vulcano`,
	"ru": `аэропорт берег бухта весна вокзал гора город залив замок земля зима канал графство край лето луна море мост мыс область озеро океан осень
остров парк площадь полуостров порт пролив пустыня район регион река солнце улица экватор`,
	"uk": `аеропорт берег бухта весна вокзал вулиця гора екватор замок затока земля зима канал край літо мис море міст місто місяць область озеро
океан острови острів осінь парк площа порт протока пустеля півострів район регіон річка сонце`,
}

// qualities are adjectives within such names: points of the compass, ranks, colours, kinds of government and of work.
var qualities = map[string]string{
	"en": `acting african agricultural air annual armed assistant associate atlantic atomic big black blue central civic civil commercial common
communist conservative constitutional democratic digital diplomatic domestic east eastern electoral european external federal final financial
first foreign former fourth free global golden grand great greater greek green grey high higher historical holy home human imperial independent
interim internal international joint judicial junior land legal legislative liberal little local low lower main marine maritime medical medieval
metropolitan middle military national natural naval new noble north northeast northeastern northern northwest northwestern nuclear old olympic
outer paralympic parliamentary permanent political presidential prime provincial public radical rapid red regional religious republican
revolutionary right roman royal russian social socialist south southeast southeastern southern southwest southwestern soviet special standing
technical united universal upper vice west western white yellow`,
	"fr": `ancien blanc blanche bleu central centre-ville civil est extérieur fédéral grand haut humanitaire international mondial national noir nord
nouveau nouvelle occidental olympiques orient oriental ouest petit premier rouge royal second sud suprême uni vert étrangère`,
	"es": `alto blanca central civil este extranjero federal gran grande internacional mundial mundiales nacional negro norte nuevo occidental
occidente oeste olímpico oriental oriente popular primer primero público real rojo segundo superior supremo sur unido verde`,
	"pt": `alto antigo azul branco central civil externas federal grande internacional leste mundial médio nacional negro nordeste noroeste norte novo
ocidental ocidente oeste olímpico oriental oriente paraolímpicos popular primeiro público real segundo sudeste sudoeste sul superior supremo
terceira tropical unido verde vermelho`,
	"it": `alto bianco centrale civile est federale grande internazionale meridionale mondiale nazionale nero nord nuovo occidentale occidente
olimpici orientale oriente ovest popolare primo pubblica reale rosso secondo sud suprema unita uniti verde`,
	"ru": `большой великий верховный восток восточный второй государственный запад западный красный международный мировой новый олимпийские первый
север северный советский черное юг южный`,
	"uk": `великий верховний державний другий захід західний міжнародний новий олімпійські перший південний південь північ північний радянський
світовий схід східний червоний чорне`,
}

// faiths are religions, their followers and feasts, and movements of thought.
var faiths = map[string]string{
	"en": `advent anglican ashura baptist buddhism buddhist calvinist catholic catholicism christian christianity christmas communism confucian
confucianism druze easter eid epiphany evangelical halloween hanukkah hindu hinduism islam islamic islamist jew jewish jihad judaism lent lutheran
maoist marxism marxist methodist mormon muslim nazi nazism orthodox passover pentecost pentecostal presbyterian protestant purim quaker ramadan
reformation renaissance salafist scripture shia shiite sikh sufi sunni thanksgiving torah yom zionism zionist`,
	"fr": `carême catholiques chrétiens coran islam juif musulman noël pentecôte pâques ramadan renaissance toussaint épiphanie`,
	"es": `cuaresma islam navidad pascua pentecostés ramadán renacimiento semana`,
	"pt": `carnaval islam islão natal pentecostes páscoa quaresma ramadã renascença renascimento semana`,
	"it": `islam natale pasqua pentecoste quaresima ramadan rinascimento`,
	"ru": `ислам пасха рамадан рождество`,
	"uk": `великдень паска рамадан різдво іслам`,
}

// demonyms are the peoples of the world as adjectives and nouns; plurals and feminine forms are made of them by grown.
var demonyms = map[string]string{
	"en": `abkhaz aboriginal afghan albanian algerian american amerindian andean angolan arab arabian arabic argentine argentinian armenian asian
assyrian athenian australian austrian azerbaijani azeri babylonian balkan baltic bangladeshi basque bavarian bedouin belarusian belgian bengali
beninese berber bolivian bosniak bosnian botswanan brazilian breton british briton bulgarian burmese burundian byzantine cambodian cameroonian
canadian caribbean catalan caucasian celtic chadian chechen chilean chinese colombian congolese corsican cossack croat croatian cuban cypriot
czech dane danish dutch dutchman egyptian emirati english englishman eritrean estonian ethiopian fijian filipino finn finnish flemish french
frenchman gabonese gambian georgian german germanic ghanaian guatemalan guinean guyanese haitian hebrew hellenic hispanic honduran hungarian
icelander icelandic indian indonesian inuit iranian iraqi irish irishman israeli italian ivorian jamaican japanese jordanian kazakh kenyan korean
kosovar kurd kurdish kuwaiti kyrgyz laotian latin latino latvian lebanese liberian libyan lithuanian luxembourger macedonian malagasy malawian
malay malaysian maldivian malian maltese maori mauritanian mauritian mexican moldovan mongol mongolian montenegrin moorish moroccan mozambican
namibian nepalese nepali nicaraguan nigerian nordic norman norwegian omani ottoman pakistani palestinian panamanian papuan paraguayan pashtun
persian peruvian polish portuguese prussian qatari romani romanian rwandan saudi saxon scandinavian scot scotsman scottish senegalese serb serbian
singaporean slav slavic slovak slovene slovenian somali spaniard spanish sudanese surinamese swede swedish swiss syrian taiwanese tajik tamil
tanzanian tatar thai tibetan togolese tunisian turk turkic turkish turkmen ugandan ukrainian uruguayan uyghur uzbek venetian venezuelan vietnamese
viking welsh welshman yemeni yugoslav zambian zimbabwean`,
	"fr": `afghan africain albanais algérien allemand américain anglais angolais arabe argentin arménien asiatique australien autrichien azerbaïdjanais basque
belge berbère bolivien bosniaque breton britannique brésilien bulgare burkinabé béninois cambodgien camerounais canadien catalan chilien chinois
chypriote colombien congolais corse coréen croate cubain danois espagnol estonien européen finlandais flamand français gabonais gallois grec guinéen
géorgien haïtien hollandais hongrois indien indonésien irakien iranien irlandais islandais israélien italien ivoirien jamaïcain japonais jordanien
kurde kényan latin letton libanais libyen lituanien macédonien malgache malien maltais marocain mauritanien mexicain moldave mongol nigérian nigérien
norvégien népalais ottoman ouzbek pakistanais palestinien parisien persan philippin polonais portugais péruvien québécois romain roumain russe
rwandais saoudien serbe slovaque slovène somalien soudanais soviétique suisse suédois syrien sénégalais taïwanais tchadien tchèque tchétchène
thaïlandais tibétain togolais tunisien turc ukrainien vietnamien vénézuélien yéménite zambien écossais égyptien éthiopien`,
	"es": `africano alemán americano argentino brasileño británico chino español europeo francés griego inglés italiano japonés latino mexicano otomano portugués
romano ruso soviético árabe`,
	"pt": `africano alemão americano anglicano argentino asiático brasileiro britânico chinês espanhol europeu francês grego inglês italiano japonês latino
otomano português romano russo soviético árabe`,
	"it": `africano americano arabo britannico cinese europeo francese giapponese greco inglese italiano latino ottomano portoghese romano russo sovietico
spagnolo tedesco`,
	"ru": `американский английский африканский британский европейский китайский немецкий римский российский русский французский японский`,
	"uk": `американський англійський африканський британський китайський німецький римський російський український французький японський європейський`,
}

// openings are words that open sentences and are no names, beside those that package segment and grammar know: adverbs, pronouns,
// question words, verbs of an order, and the nouns of persons that news begin with.
var openings = map[string]string{
	"en": `about above according across against ago alas almost alone along alongside already altogether always amid anyone anything anyway apart around aside
ask authorities away back based below beneath besides better between beyond children common consider contrary critics dear despite doctors don down
due early easy eight either eleven else elsewhere enough ever everybody everyone everything everywhere except experts families fewer fifteen fifty
five forty four fully furthermore get good half hardly hello hence here hi imagine including indeed inside into just lastly lately least less lest let
likewise look maybe me men might mine more moreover mostly must nearly neither never next nine nonetheless nothing nowadays nowhere off officials
often oh ok otherwise out outside overall owing people per please plenty police protesters provided put quite rarely rather ready really recent
remember researchers residents right said see seldom seven shall simply six sixteen sixty someone something sometimes somewhere soon students sure
surely take ten thank thanks thereafter therefore think thirty thousands throughout together too toward towards twelve twenty unless up upon us use
various very via voters well whatever whenever whereas wherever whoever whom whose will within women workers worse wow`,
	"fr": `actuellement ailleurs alors apparemment auparavant auprès autrefois autrement beaucoup bien bientôt bref certes cinq combien concernant contrairement
contre dehors demain dernièrement derrière dessous dessus dix dommage donc dont déjà désormais environ face faute grâce généralement hier hormis hors
huit ici jamais justement laissez merci mieux moins naturellement nos notamment notre nouveau nul néanmoins outre particulièrement peut-être plutôt
pourvu probablement quelle quelqu quels quiconque rien récemment sauf sept six soit soudain souvent suite suivant surtout tandis tant tantôt tard
trente tu tôt vingt volontiers votre vraiment également évidemment`,
	"es": `actualmente adelante afortunadamente ahí algo alguien allá alrededor anoche anteriormente aparentemente apenas aquel aquella aquellos asimismo ayer
aún bastante bien casi cerca cierto cinco claro conforme contrario cual cuanto cuáles dado debajo debido demasiado dentro detrás dicho diez
efectivamente encima enseguida especialmente eventualmente excepto finalmente frente fuera generalmente gracias igual igualmente incluso inicialmente
jamás justo lejos mañana mediante mejor menos menudo más nuestra nuestro nunca ocho ojalá parece particularmente peor posteriormente pronto quienes
quizá quizás recientemente respecto salvo seguramente seis siempre siete siquiera tanta tantos tarde temprano través usualmente veinte vez`,
	"pt": `abaixo acima adiante afinal algo alguém ali aliás amanhã anteriormente aparentemente aproximadamente aqui através atrás atualmente aí bastante bem bom
caso cerca certamente cinco claro conforme conseguinte cuja cujo dado daí debaixo demais dentro depressa devido dez diante entretanto então
especialmente eventualmente exceto felizmente finalmente fora frequentemente geralmente graças igualmente inclusive infelizmente inicialmente jamais
junto justamente logo longe mal mediante melhor menos nossa nosso nossos nunca obrigado oito ontem outrora perto pior posteriormente pouco poucos
primeiramente principalmente quais qual qualquer quantos quatro quer quão recentemente salvo seis seja sempre sete sim somente tal talvez tampouco tão
vez vinte vocês`,
	"it": `accanto affatto ahimè almeno altrimenti altrove anzi apparentemente assai attorno attraverso basta bene certamente certo chiunque cinque circa
conseguentemente davanti davvero dentro dieci dietro domani dovunque dunque eccetto entrambi finalmente fortunatamente fuori generalmente giacché
insieme insomma intanto intorno laggiù lontano là lì magari malgrado meglio meno naturalmente neanche neppure niente nondimeno nulla nuovamente otto
ovunque ovviamente particolarmente peggio piuttosto pochi poco presso presto probabilmente proprio pure qualche qualcosa qualcuno quanti quassù
quattro recentemente salvo sei semmai sette soprattutto spesso stavolta talvolta tanto tardi tranne tuttavia tuttora venti vero volentieri`,
	"ru": `абсолютно благодаря близко бывший важно вдруг верно видимо вместо вначале внезапно вновь вообще восемь впервые вполне вряд всегда всего всюду всякий
главное давайте далее десять достаточно думаю едва ежегодно завтра зато зачем значит иначе каждая каждое кажется какая какие которые кстати легко
любой люди мало много моя наверное надо наконец наоборот например напротив насколько начиная недавно некоторые немного никогда ничего новая новый
обычно один одна одни особенно отсюда очевидно очень первоначально первый пожалуйста получается помимо помните порой последние похоже почему почти
правда прежде примерно пусть пять раз разве разумеется раньше редко рядом самые скоро следует слишком смотрите сначала снова совсем согласно спасибо
спустя сразу столько тогда точно трудно туда тысячи ученые хватит часто чем четыре шесть эксперты`,
	"uk": `авжеж адже багато безумовно близько важливо ваша вдруге взагалі вперше вранці все-таки всього всюди вчені вісім головне дев’ять декілька десять дещо
деякі дивно довго досить дуже дійсно жодний завдяки завжди замість зараз здається знову кожна кожне колись краще крім кілька легко люди мабуть майже
мало навколо навпаки навряд найбільше наприклад наприкінці насамперед наскільки насправді невдовзі нехай нещодавно нова новий ніколи нічого оскільки
особливо очевидно перед передусім перший подібно позаяк поруч початково правда приблизно п’ять разом раптом рідко сам скоро скільки слід спочатку
справді стільки сім тепер тисячі три хай хтось часто чому чотири шість щойно щось якось інакше інколи`,
}

// grown adds the forms that the words of a list take by the rules of their language: plurals, feminines, cases by their commonest endings.
func grown(tag string, words []string) []string {
	endings := map[string][][2]string{ // what a word ends with, what stands there instead
		"en": {{"", "s"}, {"man", "men"}},
		"fr": {{"", "e"}, {"", "s"}, {"", "es"}, {"n", "nne"}, {"n", "nnes"}, {"c", "que"}, {"c", "ques"}},
		"es": {{"o", "a"}, {"o", "os"}, {"o", "as"}, {"és", "esa"}, {"és", "eses"}, {"n", "nes"}, {"", "s"}},
		"pt": {{"o", "a"}, {"o", "os"}, {"o", "as"}, {"ês", "esa"}, {"ês", "eses"}, {"ão", "ã"}, {"ão", "ões"}, {"ão", "ães"}, {"eu", "eia"}, {"eu", "eus"}, {"", "s"}},
		"it": {{"o", "a"}, {"o", "i"}, {"o", "e"}, {"o", "he"}, {"e", "i"}, {"a", "e"}, {"co", "ca"}},
		"ru": {
			{"ий", "ая"},
			{"ий", "ое"},
			{"ий", "ие"},
			{"ий", "ого"},
			{"ий", "ой"},
			{"ий", "их"},
			{"ий", "им"},
			{"ый", "ая"},
			{"ый", "ое"},
			{"ый", "ого"},
			{"ый", "ой"},
			{"ый", "ые"},
			{"ый", "ых"},
			{"а", "ы"},
			{"а", "е"},
			{"а", "у"},
			{"а", "ой"},
			{"я", "и"},
			{"я", "ю"},
			{"я", "ей"},
			{"е", "я"},
			{"о", "а"},
			{"о", "у"},
			{"", "а"},
			{"", "у"},
			{"", "ом"},
			{"", "е"},
			{"", "ы"},
		},
		"uk": {
			{"ий", "а"},
			{"ий", "е"},
			{"ий", "і"},
			{"ий", "ого"},
			{"ий", "ої"},
			{"ий", "их"},
			{"ий", "ій"},
			{"а", "и"},
			{"а", "і"},
			{"а", "у"},
			{"а", "ою"},
			{"я", "ї"},
			{"я", "ю"},
			{"о", "а"},
			{"о", "у"},
			{"", "а"},
			{"", "у"},
			{"", "ом"},
			{"", "и"},
		},
	}
	out := words
	for _, w := range words {
		for _, e := range endings[tag] {
			if stem, ok := strings.CutSuffix(w, e[0]); ok && len(stem) > 2 {
				out = append(out, stem+e[1])
			}
		}
	}
	return out
}

// capitalised are, by language, the words with capitals that are no names by themselves: offices, bodies, features, qualities, faiths
// and peoples, folded.
var capitalised = func() map[string]map[string]bool {
	all := map[string]map[string]bool{}
	for tag := range offices {
		m := map[string]bool{}
		for _, list := range []map[string]string{offices, bodies, features, qualities, faiths, demonyms} {
			for _, w := range grown(tag, strings.Fields(list[tag])) {
				m[fold(w)] = true
			}
		}
		all[tag] = m
	}
	return all
}()

// isOffice are the words of offices, folded.
var isOffice = folded(offices)

// translated reports whether a word is translated where it stands in a name: Lake, Court, Northern, French.
func translated(tag, folded string) bool { return capitalised[tag][folded] }

var openers = folded(openings)

// starter reports whether a word, which opens a sentence, is one that sentences begin with and names do not.
func starter(tag string, w token) bool {
	if tag == "en" && len(w.folded) > 6 && strings.HasSuffix(w.folded, "ly") {
		return true // an adverb
	}
	if openers[tag][w.folded] || grammar[tag][w.folded] || shared[tag][w.folded] || capitalised[tag][w.folded] {
		return true
	}
	if _, number := numberWords[tag][strings.ToLower(w.text)]; number {
		return true
	}
	return segment.Starts(tag, w.text)
}

//go:embed exonyms.txt
var exonymLines string

// exonyms gives for a name, folded, the lines of exonyms.txt that have it.
var exonyms = sync.OnceValue(func() map[string][]int {
	m := map[string][]int{}
	n := 0
	for line := range strings.Lines(exonymLines) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		n++
		for _, w := range strings.Fields(line) {
			if w = fold(w); len(m[w]) == 0 || m[w][len(m[w])-1] != n {
				m[w] = append(m[w], n)
			}
		}
	}
	return m
})

// sameName reports whether two words, folded, are one name in two languages.
func sameName(a, b string) bool {
	all := exonyms()
	for _, x := range all[a] {
		for _, y := range all[b] {
			if x == y {
				return true
			}
		}
	}
	return false
}
