package extract

import (
	"regexp"
	"strings"
	"time"
	"unicode"
)

// Forms of dates as pages print them. Words are looked up in monthNames.
var (
	monthFirst  = regexp.MustCompile(`(\pL{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})`)
	monthSecond = regexp.MustCompile(`(\d{1,2})(?:st|nd|rd|th|er|º|°|ª)?[.\s-]+(?:de\s+|of\s+|d[’'])?(\pL{3,10})\.?,?[\s-]+(?:de\s+|del\s+)?(\d{4})`)
	ideographic = regexp.MustCompile(`(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]`)
	yearFirst   = regexp.MustCompile(`(\d{4})[./-](\d{1,2})[./-](\d{1,2})`)
	yearLast    = regexp.MustCompile(`(\d{1,2})([./-])(\d{1,2})[./-](\d{4})`)

	// clock is the hour behind a date: at 4:19 PM ET, 08時15分, 09h30, 9.30 Uhr.
	clock = regexp.MustCompile(`(?i)^[\s,.|·•–—@/()（）\pL曜]{0,14}?(\d{1,2})\s*[:.h時时]\s*(\d{2})(?::(\d{2}))?\s*(?:分|uhr|h)?\s*([ap]\.?m\.?)?(?:[\s(]*(UTC|GMT|BST|CEST|CET|MESZ|MEZ|EDT|EST|CDT|PDT|PST|MDT|JST|MSK|мск)\b)?`)
)

// monthNames are the names of months and their short forms, in the languages of the press, in small letters.
var monthNames = func() map[string]time.Month {
	m := map[string]time.Month{}
	for i, words := range []string{
		"january jan janvier janv januar jänner jän janeiro enero ene gennaio gen января янв januari januára stycznia ocak січня يناير ianuarie gener ledna ιανουαρίου",
		"february feb février févr fév fevrier februar fevereiro fev febrero febbraio февраля фев февр februari lutego şubat лютого فبراير februarie febrer února φεβρουαρίου",
		"march mar mars märz mär mrz março marco marzo марта мар maart marca mart березня مارس martie març maret března marts μαρτίου",
		"april apr avril avr abril abr aprile апреля апр kwietnia nisan квітня أبريل ابريل aprilie dubna απριλίου",
		"may mai maio mayo maggio mag мая mei maj maja mayıs травня مايو maig května μαΐου",
		"june jun juin juni junho junio giugno giu июня июн czerwca haziran червня يونيو iunie juny června ιουνίου",
		"july jul juillet juil juli julho julio luglio lug июля июл lipca temmuz липня يوليو iulie juliol července ιουλίου",
		"august aug août aout agosto ago августа авг augustus sierpnia ağustos серпня أغسطس اغسطس augusti agost agustus srpna αυγούστου",
		"september sept sep septembre setembro set septiembre settembre сентября сен сент września eylül вересня سبتمبر septembrie září σεπτεμβρίου",
		"october oct octobre oktober okt outubro out octubre ottobre ott октября окт października ekim жовтня أكتوبر اكتوبر octombrie října οκτωβρίου",
		"november nov novembre novembro noviembre ноября ноя нояб listopada kasım листопада نوفمبر noiembrie listopadu νοεμβρίου",
		"december dec décembre déc decembre dezember dez dezembro dez diciembre dic dicembre декабря дек grudnia aralık грудня ديسمبر decembrie desember desembre prosince δεκεμβρίου",
	} {
		for w := range strings.FieldsSeq(words) {
			m[w] = time.Month(i + 1)
		}
	}
	return m
}()

// zoneHours are the offsets, in hours, of the zones whose short names mean one thing in the press.
var zoneHours = map[string]int{
	"UTC": 0, "GMT": 0, "BST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2, "EST": -5, "EDT": -4, "CDT": -5, "MDT": -6, "PST": -8, "PDT": -7, "JST": 9, "MSK": 3, "МСК": 3,
}

// dateIn finds the first date in a short text as pages print it, with what stands before it and the text without it. Of two numbers that can both be
// the month, the language decides which is, or one of the other days that the page names; where nothing decides there is no date.
func dateIn(s, lang string, near []Date) (d Date, label, rest string) {
	if !hasYear(s) {
		return Date{}, "", s
	}
	start, end := len(s), len(s)
	take := func(loc []int, found Date) {
		if loc != nil && !found.IsZero() && loc[0] < start && !digitAt(s, loc[0]-1) && !digitAt(s, loc[1]) {
			start, end, d = loc[0], loc[1], found
		}
	}
	part := func(loc []int, i int) string { return s[loc[2*i]:loc[2*i+1]] }
	if loc := monthFirst.FindStringSubmatchIndex(s); loc != nil {
		take(loc, dayOfMonth(part(loc, 3), monthNames[strings.ToLower(part(loc, 1))], part(loc, 2)))
	}
	if loc := monthSecond.FindStringSubmatchIndex(s); loc != nil {
		take(loc, dayOfMonth(part(loc, 3), monthNames[strings.ToLower(part(loc, 2))], part(loc, 1)))
	}
	if loc := ideographic.FindStringSubmatchIndex(s); loc != nil {
		take(loc, dayParts(part(loc, 1), part(loc, 2), part(loc, 3)))
	}
	if loc := yearFirst.FindStringSubmatchIndex(s); loc != nil {
		take(loc, dayParts(part(loc, 1), part(loc, 2), part(loc, 3)))
	}
	if loc := yearLast.FindStringSubmatchIndex(s); loc != nil {
		take(loc, ofNumbers(part(loc, 1), part(loc, 3), part(loc, 4), part(loc, 2) == ".", lang, near))
	}
	if d.IsZero() {
		return Date{}, "", s
	}
	label, rest = s[:start], s[end:]
	if m := clock.FindStringSubmatch(rest); m != nil {
		rest = rest[len(m[0]):]
		d = d.at(m)
	}
	return d, label, label + " " + rest
}

// hasYear reports whether a text has four digits in a row, as each form of a date has. It spares most texts the expressions.
func hasYear(s string) bool {
	digits := 0
	for i := 0; i < len(s) && digits < 4; i++ {
		if digits++; !digitAt(s, i) {
			digits = 0
		}
	}
	return digits == 4
}

func digitAt(s string, i int) bool { return i >= 0 && i < len(s) && s[i] >= '0' && s[i] <= '9' }

func dayOfMonth(year string, month time.Month, day string) Date {
	t := time.Date(number(year), month, number(day), 0, 0, 0, 0, time.UTC)
	if month == 0 || t.Month() != month || number(day) == 0 {
		return Date{}
	}
	return Date{Time: t, Day: true}
}

// at gives a day the hour of the groups of clock, where they name a zone: an hour without one names no moment.
func (d Date) at(m []string) Date {
	hours, ok := zoneHours[strings.ToUpper(m[5])]
	hour := number(m[1])
	if half := strings.ToLower(m[4]); half != "" {
		if hour < 1 || hour > 12 {
			return d
		}
		hour %= 12
		if half[0] == 'p' {
			hour += 12
		}
	}
	if !ok || hour > 23 || number(m[2]) > 59 || number(m[3]) > 59 {
		return d
	}
	zone := time.UTC
	if hours != 0 {
		zone = time.FixedZone("", hours*3600)
	}
	y, mo, day := d.Time.Date()
	return Date{Time: time.Date(y, mo, day, hour, number(m[2]), number(m[3]), 0, zone), zoned: true}
}

// ofNumbers reads a date of three numbers whose last is the year.
func ofNumbers(a, b, year string, dots bool, lang string, near []Date) Date {
	dayFirst, monthFirst := dayParts(year, b, a), dayParts(year, a, b)
	switch {
	case monthFirst.IsZero() || a == b || dots:
		return dayFirst
	case dayFirst.IsZero():
		return monthFirst
	}
	for _, d := range near {
		if !d.IsZero() && sameDay(d, dayFirst) != sameDay(d, monthFirst) {
			if sameDay(d, dayFirst) {
				return dayFirst
			}
			return monthFirst
		}
	}
	base, region, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(lang, "_", "-")), "-")
	switch {
	case base == "" || base == "en" && region == "":
		return Date{}
	case base == "en" && region == "us":
		return monthFirst
	}
	return dayFirst
}

// believed drops moments that no article has, as parseDate does.
func believed(d Date, now time.Time) Date {
	if d.IsZero() || d.Time.Year() < 1990 || d.Time.Year() > 2200 || !now.IsZero() && d.Time.After(now.Add(24*time.Hour)) {
		return Date{}
	}
	return d
}

// besideDates are the words that stand beside a date in a line of its own, in the languages of the press: that it was published, the weekday, the
// hour, how long the text takes to read.
var besideDates = set(`on at the of um uhr le la el il à a às alle ore h by am pm et pt ct gmt utc bst ist jst cet mez published publish posted post date release dated issue issued created added written
publié publiée paru parue mis en ligne veröffentlicht erschienen erstellt datum stand publicado publicada publicação data fecha pubblicato pubblicata опубликовано дата publikováno gepubliceerd
updated update modified last aktualisiert zuletzt geändert actualisé modifié jour actualizado atualizado aggiornato обновлено
monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun lundi mardi mercredi jeudi vendredi samedi dimanche montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so
lunes martes miércoles jueves viernes sábado domingo segunda feira terça quarta quinta sexta lunedì martedì mercoledì giovedì venerdì sabato domenica понедельник вторник среда четверг пятница суббота воскресенье
min mins minute minutes read reading time lesezeit minuten lecture leitura lectura 公開 公開日 掲載 掲載日 投稿 投稿日 更新 更新日 最終更新日 発行 発行日 発表 日 月 火 水 木 金 土
última ultima ultimo última actualización atualização aggiornamento modifica modificación modificação em su dernière mise laatst laatste gewijzigd bijgewerkt geplaatst gepubliceerd op om
aktualizacja zaktualizowano ostatnia opublikowano dodano utworzono publikacji godz güncelleme güncellendi güncellenme son tarih tarihi yayın yayınlanma yayınlandı giriş eklenme saat
оновлено опубліковано змінено востаннє изменено последнее обновление публикации 更新时间 更新時間 最后更新 最後更新 发布 发布时间 發布時間 发表于 发表时间 时间 時間 修改
最終更新 입력 수정 등록 승인 업데이트 최종수정 최종 기사입력 게재 آخر تحديث تم نشر النشر تاريخ في عند uppdaterad publicerad kl opdateret udgivet publiceret oppdatert publisert aktualizováno publikováno vydáno päivitetty julkaistu klo
actualizat publicat diperbarui diterbitkan ενημερώθηκε δημοσιεύθηκε`)

// dateAlone reports whether what a line holds beside its date are words that belong to it.
func dateAlone(rest string) bool {
	for _, w := range strings.FieldsFunc(strings.ToLower(rest), func(r rune) bool { return !unicode.IsLetter(r) }) {
		if !besideDates[w] {
			return false
		}
	}
	return true
}

// changes are words before the date of the last change.
var changes = []string{
	"updated", "update:", "modified", "last edited", "edited", "revised", "reviewed", "aktualisiert", "geändert", "bearbeitet", "actualis", "mis à jour", "mise à jour", "modifié", "actualiza", "atualiza", "modifica", "aggiorna", "обновлен", "изменен", "更新", "修改", "bijgewerkt", "gewijzigd",
	"aktualiz", "güncelle", "оновлен", "змінен", "수정", "업데이트", "갱신", "تحديث", "تعديل", "uppdater", "ändrad", "opdater", "oppdater", "upraven", "päivitet", "frissít", "modificat", "ενημερώθηκε", "עודכן", "עדכון", "अपडेट", "diperbarui", "cập nhật",
}

// firstPublished are words before the date of first publication, behind that of the last change.
var firstPublished = []string{"publi", "posted", "erschienen", "veröffentlicht", "pubbl", "gepubliceerd", "opublik", "опублик", "опублік", "yayın", "发布", "發布", "公開", "掲載", "입력", "등록", "نشر", "julkaist"}

// notPublished are words before dates that are of something else.
var notPublished = []string{"expires", "deadline", "until", "since", "born", "©", "copyright", "founded", "event", "gültig", "bis ", "accessed", "abgerufen", "received", "accepted", "joined"}

// hasOne reports whether a label holds one of the words.
func hasOne(label string, words []string) bool {
	label = strings.ToLower(label)
	for _, w := range words {
		if strings.Contains(label, w) {
			return true
		}
	}
	return false
}
