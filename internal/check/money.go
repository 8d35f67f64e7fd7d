package check

import (
	"fmt"
	"strings"

	"github.com/dragoman-newsroom/dragoman/internal/doc"
)

// money finds a sum or a measure that kept its number and changed its currency or its unit: £5m that became $5 million, 10 miles that
// became 10 kilometres.
func money(u unit) []doc.Flag {
	source, target := measured(u.from, u.source), measured(u.to, u.target)
	var flags []doc.Flag
	for _, s := range source {
		wrong := -1
		for i, g := range target {
			if g.of.kind != s.of.kind || !s.number.equals(g.number) {
				continue
			}
			if g.of == s.of {
				wrong = -1
				break
			}
			wrong = i
		}
		if wrong < 0 {
			continue
		}
		g := target[wrong]
		if answered(source, g) {
			continue
		}
		flags = append(flags, u.flag("money", doc.Stop, s.span, g.span, fmt.Sprintf("%s became %s", u.source[s.start:s.end], u.target[g.start:g.end])))
	}
	return flags
}

// answered reports whether the other side has the same measure, so that it is not the wrong form of another.
func answered(list []measure, m measure) bool {
	for _, x := range list {
		if x.of == m.of && x.number.equals(m.number) {
			return true
		}
	}
	return false
}

// A what is a currency or a unit.
type what struct{ kind, name string }

// A measure is a number with its currency or unit.
type measure struct {
	span
	number number
	of     what
}

// measured returns the numbers of s that stand beside a currency or a unit.
func measured(tag, s string) []measure {
	var out []measure
	for _, n := range numbersOf(tag, s) {
		if !n.figures {
			continue
		}
		if of, end := after(tag, s, n.end); of.name != "" {
			out = append(out, measure{span{n.start, end}, n, of})
		} else if of, start := before(s, n.start); of.name != "" {
			out = append(out, measure{span{start, n.end}, n, of})
		}
	}
	return out
}

// after reads the unit that follows byte i: a sign or a word, a preposition between.
func after(tag, s string, i int) (what, int) {
	rest := s[i:min(len(s), i+40)]
	skip := len(rest) - len(strings.TrimLeft(rest, " \u00a0\u202f-"))
	for _, sign := range signs {
		if strings.HasPrefix(rest[skip:], sign.text) {
			return sign.what, i + skip + len(sign.text)
		}
	}
	at := i + skip
	for range 2 {
		end := wordEnd(s, at)
		word := strings.ToLower(s[at:end])
		if w, ok := units[word]; ok && end > at {
			return w, end
		}
		if !joiners[word] || end >= len(s) || s[end] != ' ' {
			break
		}
		at = end + 1 // milhões de euros
	}
	return what{}, 0
}

// before reads the sign right before byte i: $5, US$ 5, £ 5.
func before(s string, i int) (what, int) {
	head := strings.TrimRight(s[max(0, i-8):i], " \u00a0\u202f")
	for _, sign := range signs {
		if sign.kind == "currency" && strings.HasSuffix(head, sign.text) {
			return sign.what, i - len(sign.text) - (len(s[max(0, i-8):i]) - len(head))
		}
	}
	return what{}, 0
}

// signs are the marks of currencies and units, the longer first.
var signs = []struct {
	text string
	what
}{
	{"US$", what{"currency", "dollar"}},
	{"R$", what{"currency", "real"}},
	{"A$", what{"currency", "dollar"}},
	{"C$", what{"currency", "dollar"}},
	{"HK$", what{"currency", "dollar"}},
	{"$", what{"currency", "dollar"}},
	{"€", what{"currency", "euro"}},
	{"£", what{"currency", "pound"}},
	{"¥", what{"currency", "yen"}},
	{"₽", what{"currency", "rouble"}},
	{"₴", what{"currency", "hryvnia"}},
	{"°C", what{"temperature", "celsius"}},
	{"° C", what{"temperature", "celsius"}},
	{"°F", what{"temperature", "fahrenheit"}},
	{"° F", what{"temperature", "fahrenheit"}},
}

// units are the words of currencies and units in the languages that we know, lower case.
var units = func() map[string]what {
	m := map[string]what{}
	for _, line := range []string{
		"currency dollar dollar dollars dólar dólares dollaro dollari доллар доллара долларов долларах долл долар долара доларів usd",
		"currency euro euro euros евро євро eur",
		"currency pound pound pounds sterling livre livres libra libras sterlina sterline pfund фунт фунта фунтов фунт фунтів gbp",
		"currency yen yen yens iene ienes иен иена",
		"currency rouble rouble roubles ruble rubles rublo rublos rubel рубль рубля рублей руб",
		"currency hryvnia hryvnia hryvnias grívnia grívnias гривна гривен гривня гривень грн",
		"currency yuan yuan yuans yuanes yuan юаней юань",
		"currency franc franc francs franco francos franchi franken",
		"currency real real reais reales",
		"currency peso peso pesos",
		"length km km kilometre kilometres kilometer kilometers kilomètre kilomètres kilómetro kilómetros quilômetro quilômetros quilómetro quilómetros chilometro chilometri километр километра километров км кілометр кілометрів",
		"length mile mile miles mi mille milles milla millas milha milhas miglio miglia meile meilen миля мили миль",
		"length metre m metre metres meter meters mètre mètres metro metros metri метр метра метров м метрів",
		"length foot foot feet ft pied pieds pie pies pé pés piede piedi fuß фут фута футов",
		"length inch inch inches pouce pouces pulgada pulgadas polegada polegadas pollice pollici zoll дюйм дюймов",
		"length cm cm centimetre centimetres centimeter centimeters centimètre centimètres centímetro centímetros сантиметр см",
		"weight kg kg kilogram kilograms kilogramme kilogrammes kilo kilos quilo quilos quilograma quilogramas kilogramo chilo chili chilogrammi килограмм кг",
		"weight lb lb lbs",
		"weight tonne tonne tonnes tonelada toneladas tonnellata tonnellate тонна тонн",
		"weight ounce ounce ounces oz onça onças onza onzas once onces",
		"time hour hour hours heure heures hora horas ora ore stunde stunden час часа часов година годин",
		"time minute minute minutes minuto minutos minuti minuten минута минут хвилин",
		"time day day days jour jours día días dia dias giorno giorni tag tage tagen день дня дней днів",
		"time week week weeks semaine semaines semana semanas settimana settimane woche wochen неделя недели недель тиждень тижнів",
		"time month month months mois mes meses mês mese mesi monat monate monaten месяц месяца месяцев місяць місяців",
		"time year year years an ans année années año años ano anos anno anni jahr jahre jahren год года лет рік років",
		"share percent percent per-cent",
	} {
		f := strings.Fields(line)
		for _, w := range f[2:] {
			m[w] = what{f[0], f[1]}
		}
	}
	return m
}()
