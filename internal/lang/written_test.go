package lang

import "testing"

// texts are the same news in languages that pages are taken for one another.
var texts = map[Tag]string{
	"en": "The ministers met in the capital on Tuesday, spoke for three hours, and told nobody outside the room what they had decided, an aide said late in the evening. Two of them had come by train, because the airport was closed; the third, who arrived on Monday, had already met the mayor and the harbour master. No date was set for a further meeting, although the host said that the talks would go on by telephone, and that a text could be ready before the end of the month. In the harbour, where most of the cranes have stood still since October, dockers waited for news until the lamps went out, and then went home without any.",
	"pt": "Os ministros reuniram-se na capital na terça-feira, falaram durante três horas e não disseram a ninguém o que tinham decidido, contou um assessor à noite. Dois deles tinham vindo de comboio, porque o aeroporto estava fechado; o terceiro, que chegou na segunda-feira, já se tinha encontrado com o presidente da câmara. Não foi marcada data para outra reunião, embora o anfitrião tenha dito que as conversas continuariam por telefone e que um texto ficaria pronto.",
	"de": "Die Minister trafen sich am Dienstag in der Hauptstadt, sprachen drei Stunden lang und sagten niemandem, was sie beschlossen hatten, wie ein Berater am Abend berichtete. Zwei von ihnen waren mit dem Zug gekommen, weil der Flughafen geschlossen war; der dritte hatte schon den Bürgermeister und den Hafenmeister getroffen. Ein Termin für ein weiteres Treffen wurde nicht genannt, doch der Gastgeber sagte, die Gespräche gingen am Telefon weiter und ein Text könne bald fertig sein.",
	"fr": "Les ministres se sont réunis mardi dans la capitale, ont parlé pendant trois heures et n’ont dit à personne ce qu’ils avaient décidé, a raconté un conseiller. Deux d’entre eux étaient venus en train, car l’aéroport était fermé ; le troisième avait déjà rencontré le maire et le capitaine du port. Aucune date n’a été fixée pour une autre réunion, mais l’hôte a dit que les discussions continueraient par téléphone et qu’un texte serait prêt.",
	"es": "Los ministros se reunieron el martes en la capital, hablaron durante tres horas y no dijeron a nadie lo que habían decidido, contó un asesor por la noche. Dos de ellos habían venido en tren, porque el aeropuerto estaba cerrado; el tercero ya se había reunido con el alcalde y el capitán del puerto. No se fijó fecha para otra reunión, aunque el anfitrión dijo que las conversaciones seguirían por teléfono y que un texto estaría listo.",
	"it": "I ministri si sono riuniti martedì nella capitale, hanno parlato per tre ore e non hanno detto a nessuno che cosa avevano deciso, ha raccontato un consigliere. Due di loro erano venuti in treno, perché l’aeroporto era chiuso; il terzo aveva già incontrato il sindaco e il comandante del porto. Non è stata fissata una data per un altro incontro, ma l’ospite ha detto che i colloqui continueranno per telefono e che un testo sarà pronto.",
	"nl": "De ministers kwamen dinsdag in de hoofdstad bijeen, spraken drie uur lang en vertelden niemand wat zij hadden besloten, zei een adviseur laat op de avond. Twee van hen waren met de trein gekomen, omdat het vliegveld gesloten was; de derde had de burgemeester en de havenmeester al ontmoet. Er werd geen datum genoemd voor een volgende vergadering, maar de gastheer zei dat de gesprekken per telefoon doorgaan en dat er een tekst komt.",
	"pl": "Ministrowie spotkali się we wtorek w stolicy, rozmawiali przez trzy godziny i nikomu nie powiedzieli, co postanowili, mówił wieczorem jeden z doradców. Dwaj przyjechali pociągiem, bo lotnisko było zamknięte; trzeci, który przybył w poniedziałek, spotkał się już z burmistrzem i kapitanem portu. Nie wyznaczono daty następnego spotkania, choć gospodarz powiedział, że rozmowy będą trwały przez telefon i że tekst będzie gotowy przed końcem miesiąca.",
	"ru": "Министры встретились во вторник в столице, говорили три часа и никому не сказали, что они решили, рассказал поздно вечером один из советников. Двое приехали поездом, потому что аэропорт был закрыт; третий, приехавший в понедельник, уже встретился с мэром и начальником порта. Дата следующей встречи не назначена, хотя хозяин сказал, что переговоры продолжатся по телефону и что текст будет готов до конца месяца.",
	"uk": "Міністри зустрілися у вівторок у столиці, говорили три години й нікому не сказали, що вони вирішили, розповів пізно ввечері один із радників. Двоє приїхали потягом, бо аеропорт був зачинений; третій, який прибув у понеділок, уже зустрівся з мером і начальником порту. Дату наступної зустрічі не призначено, хоча господар сказав, що розмови триватимуть телефоном і що текст буде готовий до кінця місяця.",
	"zh": "部长们星期二在首都会面，谈了三个小时，没有告诉任何人他们作出了什么决定，一名助手当天深夜说，会谈的气氛是友好的，但是没有结果。 其中两人因为机场关闭而乘火车前来；第三人星期一就到了，已经会见了市长和港口负责人，并且参观了码头上停了很久的起重机。 下一次会面的日期还没有定下来，但是主人说，会谈将通过电话继续进行，文件可能在月底之前准备好，届时将向公众公布。",
	"ja": "大臣たちは火曜日に首都で会談し、三時間にわたって話し合ったが、何を決めたのかは誰にも明かさなかったと、ある側近が夜遅くに語った。 二人は空港が閉鎖されていたため列車で到着し、月曜日に着いた三人目の大臣は、すでに市長と港の責任者に会っていたという。 次の会談の日程は決まっていないが、主催者は電話での協議を続け、月末までに文書をまとめることができるだろうと述べた。",
	"ko": "장관들은 화요일 수도에서 만나 세 시간 동안 이야기를 나누었지만 무엇을 결정했는지 아무에게도 말하지 않았다고 한 보좌관이 밤늦게 전했다. 두 사람은 공항이 닫혀 있었기 때문에 기차로 왔고, 월요일에 도착한 세 번째 장관은 이미 시장과 항만 책임자를 만난 뒤였다고 한다. 다음 회의 날짜는 정해지지 않았지만 주최자는 전화로 협의를 계속할 것이며 이달 말까지 문서를 준비할 수 있을 것이라고 말했다.",
	"ar": "اجتمع الوزراء يوم الثلاثاء في العاصمة وتحدثوا لمدة ثلاث ساعات ولم يخبروا أحدا بما قرروه، حسبما قال أحد المساعدين في وقت متأخر من المساء. جاء اثنان منهم بالقطار لأن المطار كان مغلقا، أما الثالث الذي وصل يوم الاثنين فقد التقى بالفعل برئيس البلدية ومدير الميناء. لم يحدد موعد لاجتماع آخر، لكن المضيف قال إن المحادثات ستستمر عبر الهاتف وإن النص قد يكون جاهزا قبل نهاية الشهر.",
	"tr": "Bakanlar salı günü başkentte bir araya geldi, üç saat boyunca konuştu ve ne karar verdiklerini kimseye söylemedi, dedi bir danışman gece geç saatlerde. İkisi havaalanı kapalı olduğu için trenle gelmişti; pazartesi günü gelen üçüncüsü belediye başkanı ve liman müdürüyle çoktan görüşmüştü. Bir sonraki toplantı için tarih belirlenmedi, ancak ev sahibi görüşmelerin telefonla süreceğini ve metnin ay sonuna kadar hazır olabileceğini söyledi.",
	"sv": "Ministrarna träffades i huvudstaden på tisdagen, talade i tre timmar och berättade inte för någon vad de hade beslutat, sade en rådgivare sent på kvällen. Två av dem hade kommit med tåg, eftersom flygplatsen var stängd; den tredje hade redan träffat borgmästaren och hamnkaptenen. Inget datum sattes för ett nytt möte, men värden sade att samtalen fortsätter per telefon och att en text kan vara klar före månadens slut.",
	"hi": "मंत्रियों ने मंगलवार को राजधानी में बैठक की और तीन घंटे तक बात की, लेकिन किसी को यह नहीं बताया कि क्या फैसला हुआ है। उनमें से दो रेलगाड़ी से आए थे क्योंकि हवाई अड्डा बंद था, और तीसरे पहले ही शहर के मेयर से मिल चुके थे।",
	"fa": "وزیران روز سه\u200cشنبه در پایتخت دیدار کردند و سه ساعت با هم گفتگو کردند و به هیچ کس نگفتند که چه تصمیمی گرفته\u200cاند. دو نفر از آنها با قطار آمده بودند زیرا فرودگاه بسته بود و سومی که دوشنبه رسیده بود با شهردار دیدار کرده بود که این را برای همه گفت.",
	"bg": "Министрите се срещнаха във вторник в столицата, говориха три часа и не казаха на никого какво са решили, разказа късно вечерта един от съветниците. Двама от тях бяха дошли с влак, защото летището беше затворено, а третият, който пристигна в понеделник, вече се беше срещнал с кмета и с началника на пристанището.",
	"el": "Οι υπουργοί συναντήθηκαν την Τρίτη στην πρωτεύουσα, μίλησαν για τρεις ώρες και δεν είπαν σε κανέναν τι είχαν αποφασίσει.",
	"he": "השרים נפגשו ביום שלישי בבירה, דיברו במשך שלוש שעות ולא סיפרו לאיש מה החליטו, כך אמר יועץ בשעת לילה מאוחרת.",
	"da": "Ministrene mødtes i hovedstaden tirsdag, talte sammen i tre timer og fortalte ikke nogen, hvad de havde besluttet, sagde en rådgiver sent om aftenen. To af dem var kommet med tog, fordi lufthavnen var lukket; den tredje havde allerede mødt borgmesteren og havnemesteren, og han ville ikke sige mere til pressen end det.",
	"hr": "Ministri su se sastali u utorak u glavnom gradu, razgovarali su tri sata i nikome nisu rekli što su odlučili, rekao je jedan savjetnik kasno navečer. Dvojica su došla vlakom jer je zračna luka bila zatvorena, a treći, koji je stigao u ponedjeljak, već se bio sastao s gradonačelnikom i lučkim kapetanom, što je bilo i za njih novo.",
	"cs": "Ministři se sešli v úterý v hlavním městě, mluvili tři hodiny a nikomu neřekli, co rozhodli, uvedl pozdě večer jeden z poradců. Dva z nich přijeli vlakem, protože letiště bylo zavřené; třetí, který přijel v pondělí, se již sešel se starostou a s kapitánem přístavu, ale o tom se také nic neví, protože to bylo za zavřenými dveřmi.",
}

func TestWritten(t *testing.T) {
	for tag, text := range texts {
		if got, other := Written(tag, text); got != "" || other {
			t.Errorf("a text in %s is said to be in it: %q, %v", tag, got, other)
		}
		if got, other := Written("", text); got != tag || other {
			t.Errorf("a text in %s of which nothing is said: %q, %v", tag, got, other)
		}
		for said := range texts {
			if said == tag {
				continue
			}
			if got, other := Written(said, text); got != tag || !other {
				t.Errorf("a text in %s is said to be in %s: %q, %v", tag, said, got, other)
			}
		}
	}
	tests := []struct {
		name  string
		said  Tag
		text  string
		tag   Tag
		other bool
	}{
		{"a region is no other language", "pt-BR", texts["pt"], "", false},
		{"a neighbour that is written alike", "nb", texts["da"], "", false},
		{"Croatian words in Serbian", "sr", texts["hr"], "", false},
		{"a language of which no words are known", "lb", texts["de"], "", false},
		{"a few words", "en", "Os ministros reuniram-se na capital", "", false},
		{"a few words of another script", "en", "Министры встретились во вторник в столице, говорили три часа и никому не сказали", "", true},
		{"two languages", "en", texts["en"] + " " + texts["fr"], "", false},
		{"names and figures", "en", "Feld 3 Aldea 4 Roe 5 Lind 6 Voss 7 Feld 8 Aldea 9 Roe 1 Lind 2 Voss 3 Feld 4 Aldea 5 Roe 6 Lind 7 Voss 8 Feld 3 Aldea 4 Roe 5 Lind 6 Voss 7 Feld 8 Aldea 9 Roe 1 Lind 2 Voss 3 Feld 4 Aldea 5 Roe 6 Lind 7 Voss", "", false},
		{"nothing", "en", "", "", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if tag, other := Written(test.said, test.text); tag != test.tag || other != test.other {
				t.Errorf("%q, %v; want %q, %v", tag, other, test.tag, test.other)
			}
		})
	}
}

func FuzzWritten(f *testing.F) {
	for tag, text := range texts {
		f.Add(string(tag), text)
	}
	f.Add("sr-Latn", "\xff\u0301'")
	f.Fuzz(func(t *testing.T, said, text string) {
		tag, other := Written(Tag(said), text)
		if tag != "" && (!Valid(string(tag)) || Tag(said).Is(tag)) || other && said == "" {
			t.Errorf("a text said to be in %q is in %q, %v", said, tag, other)
		}
	})
}
