# questions.awk: command lines, drawn from records' own words, the same every time.
#
#   awk -v n=1000 -f questions.awk RECORDS
#
# A record is a line: doc, pinpoint, type, body, date, lang, kind, act, label, heading,
# target of a citation, text, with tabs between. Each command line has its arguments in
# the shell's quotes.
BEGIN { FS = "\t"; seed = 20240229 }
{ rows[NR] = $0 }

function random(below) {
	seed = (seed * 16807) % 2147483647
	return int(seed / 2147483647 * below)
}
function quoted(s) {
	gsub(/'/, "", s)
	return "'" s "'"
}
# A record with some words; its fields in f, its words in w, how many in n_w.
function draw(   i) {
	do {
		n_f = split(rows[1 + random(NR)], f, "\t")
		n_w = split(f[12], w, /[^[:alpha:]'-]+/)
	} while (n_w < 8)
}
function word(   s, tries) {
	do s = w[1 + random(n_w)]; while (length(s) < 4 && ++tries < 20)
	return tolower(s)
}
function words(k,   s) {
	s = word()
	while (--k > 0)
		s = s " " word()
	return s
}
function phrase(k,   at, s) {
	at = 2 + random(n_w - k - 1)
	s = w[at]
	while (--k > 0)
		s = s " " w[++at]
	return "\"" s "\""
}
function near(   at) {
	at = 2 + random(n_w - 6)
	return w[at] " NEAR/" 2 + random(6) " " w[at + 2 + random(3)]
}
function wild(   s) {
	s = word()
	return random(3) ? substr(s, 1, 3 + random(3)) "*" : substr(s, 1, 3) "*" substr(s, length(s) - 1)
}
function field(   k) {
	k = random(9)
	if (k == 0 && f[3] != "") return "type:" f[3]
	if (k == 1 && f[4] != "") return "body:\"" f[4] "\""
	if (k == 2 && f[5] != "") return "year:" substr(f[5], 1, 4)
	if (k == 3 && f[5] != "") return "since:" substr(f[5], 1, 7)
	if (k == 4 && f[5] != "") return "until:" f[5]
	if (k == 5 && f[8] != "") return "act:" f[8]
	if (k == 6 && f[10] != "") return "section:\"" f[10] "\""
	if (k == 7 && f[11] != "") return "cites:\"" f[11] "\""
	return k == 8 ? "lang:" f[6] : "kind:" f[7]
}
function query(   k) {
	k = random(12)
	if (k < 3) return words(2 + random(4))
	if (k == 3) return phrase(2 + random(4))
	if (k == 4) return phrase(2 + random(2)) " " words(2)
	if (k == 5) return near()
	if (k == 6) return wild() " " word()
	if (k == 7) return words(1 + random(2)) " " field()
	if (k == 8) return word() " AND (" word() " OR " phrase(2) ") NOT " (random(2) ? word() : phrase(2))
	if (k == 9) return phrase(2) " " field() " " field()
	if (k == 10) return f[1] (random(2) && f[9] != "" ? " para " f[9] : "")
	return field()
}
function sorted(   k) {
	k = random(8)
	return k == 0 ? " --sort date" : k == 1 ? " --sort doc" : k == 2 ? " --sort cited" : ""
}
function command(i,   k) {
	draw()
	k = i % 20
	if (k == 0) return "cited-by " quoted(f[11] != "" ? f[11] : f[1])
	if (k == 1) return "search --facets body,type,kind,act,year,lang,country,instrument --no-results --json " quoted(query())
	if (k == 2) return "similar --least 30 " quoted(f[2])
	if (k == 3) return "terms --json " quoted(query())
	if (k == 4) return "show -C 1 --json " quoted(f[2])
	if (k == 5) return "refs --json " quoted(f[1])
	if (k == 6) return "cite " quoted(f[2])
	if (k == 7) return "complete " quoted(substr(f[1], 1, 3 + random(5)))
	if (k == 8) return "search --json --page " 1 + random(3) sorted() " " quoted(query())
	if (k == 9) return "search --no-fold -n " 1 + random(200) sorted() " " quoted(query())
	if (k == 10) return "search " quoted(substr(word(), 2) " " word())
	return "search --json -n " 1 + random(30) sorted() " " quoted(query())
}
END {
	for (i = 0; i < n; i++)
		print command(i)
}
