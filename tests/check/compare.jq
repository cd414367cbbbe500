# What `opcit check --json` said (slurped on standard input), held against what
# a person expects (--rawfile expected, a table).
#
#   style   whether the house style was asked for: else its rows are not expected
#
# Prints a line for each thing that is not as expected: its class, a tab, words;
# then one line `count CLASS N` for what was expected and seen.

def faulty: IN("mismatch", "superseded", "ambiguous", "unreadable", "differs", "found-elsewhere",
	"not-found", "unattributed", "two-forms", "no-title", "ibid", "no-note", "style");
def of_style: IN("no-title", "style");
# letters and figures alone, so that marks and blanks do not count
def bare: ascii_downcase | gsub("É"; "é") | gsub("[^\\p{L}\\p{N}]+"; " ") | gsub("^ +| +$"; "");

def rows: split("\n")[1:] | map(select(. != "") | split("\t")) | map({
	line: (.[0] | tonumber), raw: .[1], kind: .[2], verdicts: (.[3] | split("|")), target: .[4],
	pinpoints: (.[5] | split(",")), remark: .[6], bare: (.[1] | bare) });

# How well a finding is the row's: 0 is best, null not at all.
def rank($row): . as $f
	| if $f.kind != $row.kind and ($row.kind != "title" or $f.kind != "quotation") then null
	  elif $row.kind == "habit" then
		if $f.verdict != $row.verdicts[0] then null
		elif $f.place.line == $row.line then (if $f.bare == $row.bare then 0 else 1 end)
		elif $f.verdict == "two-forms" and $f.target == $row.target then 2
		else null end
	  elif $f.place.line != $row.line then null
	  elif $row.kind != "citation" then
		# a quotation is known by its first words, its letter or mark left aside
		if ($f.bare[0:80] | contains($row.bare[2:20])) then 0 else null end
	  elif $f.bare == $row.bare then 0
	  elif ($f.bare | contains($row.bare)) or ($row.bare | contains($f.bare)) then 1
	  else null end;

# Rows take the findings that fit them, the best fits of all rows first.
def paired: . as $all
	| reduce (0, 1, 2) as $level ({ rows: $all.rows, findings: $all.findings };
		reduce range(.rows | length) as $i (.;
			if .rows[$i].got then . else
				.rows[$i] as $row
				| ([.findings | to_entries[] | select((.value.taken | not) and (.value | rank($row)) == $level)]
					| first) as $hit
				| if $hit then .rows[$i].got = $hit.value | .findings[$hit.key].taken = true else . end
			end));

def says: "line \(.place.line) “\(.raw)”: \(.verdict)\(if .reason != "" then " (\(.reason))" else "" end)";
def wants: "line \(.line) “\(.raw)”: expected \(.verdicts | join(" or "))\(if .remark != "" then " (\(.remark))" else "" end)";

# What a row that has no finding, or another than it should, is called.
def judged: . as $row | .got as $got
	| (.verdicts | any(faulty)) as $planted
	| (.verdicts | any(. == $got.verdict)) as $right
	| if .kind == "title" then
		# words that are a title are no quotation; a wrong title is the citation's fault
		empty
	  elif $got == null then
		if $planted then "missed\t\(wants)" else "unseen\t\(wants)" end
	  elif $right then
		if .kind == "citation" and ($got.verdict | IN("resolved", "superseded")) and
			($got.target | bare) != (.target | bare) then "target\t\(wants): \(.target), not \($got.target)"
		elif .kind == "citation" and $got.verdict == "resolved" and $got.pinpoints - .pinpoints != [] then
			"target\t\(wants): \(.pinpoints), not \($got.pinpoints)"
		elif .kind == "quotation" and ($got.verdict | IN("found-elsewhere", "unattributed")) and
			(([$got.target, $got.pinpoints[]?, $got.reason, $got.evidence, $got.at?, $got.others[]?] | map(select(. != null)) | join(" ") | bare) as $said
			| ($said | contains($row.target | bare)) and
			  ($row.pinpoints | all(sub("^[a-z]*:"; "") | sub("^pp"; "") | bare as $p | $said | contains($p))) | not)
		then "source\t\(wants): not in \(.target) \(.pinpoints | join(",")): \($got | says) \($got.evidence)"
		else empty end
	  elif ($got.verdict | IN("resolved", "exact", "exact-but")) and
		(.kind == "citation" or $planted) then "false resolved\t\(wants); \($got | says)"
	  elif $got.verdict == "mismatch" then "false mismatch\t\(wants); \($got | says)"
	  elif $planted then "wrong verdict\t\(wants); \($got | says)"
	  elif ($got.verdict | faulty) then "needless\t\(wants); \($got | says)"
	  else "wrong verdict\t\(wants); \($got | says)" end;

($expected | rows) as $rows
| ($rows | map(select(.remark | contains("introduced with its title")) | [.line, .target])) as $titled
| { rows: ($rows | map(select($style or (.verdicts[0] | of_style | not)))),
    findings: map(. + { bare: (.raw | bare) }) } | paired
| (.rows[] | judged),
  # Findings that nobody expected. That a first mention has no title is only
  # advice: it is wrong where the title stands there.
  (.findings[] | select((.taken | not) and (.verdict | faulty))
	| select(.verdict != "no-title" or ([.place.line, .target] | IN($titled[])))
	| (if .verdict == "mismatch" then "false mismatch" else "needless" end) + "\t" + says),
  (.findings[] | select((.taken | not) and (.verdict | faulty | not)) | "extra\t\(says)"),
  "count\tfaults \([.rows[] | select(.verdicts | any(faulty))] | length)",
  "count\tfound \([.rows[] | . as $row | select((.verdicts | any(faulty)) and .got and any(.verdicts[]; . == $row.got.verdict))] | length)",
  "count\tcitations \([.rows[] | select(.kind == "citation")] | length)",
  "count\tcitations seen \([.rows[] | select(.kind == "citation" and .got)] | length)",
  "count\tquotations \([.rows[] | select(.kind == "quotation")] | length)",
  "count\tquotations seen \([.rows[] | select(.kind == "quotation" and .got)] | length)",
  "count\tplaces \([.rows[] | select(.kind == "citation" and .verdicts == ["resolved"]) | .pinpoints[] | select(. != "")] | length)",
  "count\tplaces seen \([.rows[] | select(.kind == "citation" and .verdicts == ["resolved"]) | .got.pinpoints[]?] | length)"
