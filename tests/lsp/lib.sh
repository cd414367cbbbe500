# What every case can use, besides ../cli/lib.sh; ../cli/run says how cases work.
# A script for lsp_client (client.c says what it obeys) is made of these words:
#
#   { greet; open draft.md; at hover 2 30; bye; } | talk
# shellcheck shell=bash
. "$(dirname "$0")/../cli/lib.sh"
n_asked=0

# Initialize; the argument is put into the capabilities, the second is initializationOptions.
greet() {
	printf '{"id":"greet","method":"initialize","params":{"processId":null,"capabilities":{"textDocument":{"hover":{"contentFormat":["markdown","plaintext"]}}%s},"initializationOptions":%s}}\n' \
		"${1:+,$1}" "${2:-null}"
	echo '{"method":"initialized","params":{}}'
}
bye() {
	echo '{"id":"bye","method":"shutdown"}'
	echo '{"method":"exit"}'
	echo wait
}

# open FILE [LANGUAGE]: and wait for what is found in it.
open() {
	echo "open file://$PWD/$1 ${2:-markdown} $1"
	found
}
found() { echo '? textDocument/publishDiagnostics'; }

# ask METHOD PARAMS: of the last document that was named, $file
file=draft.md
ask() {
	n_asked=$((n_asked + 1))
	printf '{"id":%d,"method":"%s","params":{"textDocument":{"uri":"file://%s"}%s}}\n' $n_asked "$1" "$PWD/$file" "${2:+,$2}"
}
position() { printf '{"line":%d,"character":%d}' "$1" "$2"; }
range() { printf '{"start":%s,"end":%s}' "$(position "$1" "$2")" "$(position "$3" "$4")"; }
# at hover|definition|references|completion LINE CHARACTER, from 0
at() { ask "textDocument/$1" "\"position\":$(position "$2" "$3")${4:+,$4}"; }
within() { ask "textDocument/$1" "\"range\":$(range "$2" "$3" "$4" "$5")${6:+,$6}"; }

# change LINE CHARACTER LINE CHARACTER TEXT (as JSON without quotes)
change() {
	printf '{"method":"textDocument/didChange","params":{"textDocument":{"uri":"file://%s","version":2},"contentChanges":[{"range":%s,"text":"%s"}]}}\n' \
		"$PWD/$file" "$(range "$1" "$2" "$3" "$4")" "$5"
}
save() { printf '{"method":"textDocument/didSave","params":{"textDocument":{"uri":"file://%s"}}}\n' "$PWD/$file"; }
close() { printf '{"method":"textDocument/didClose","params":{"textDocument":{"uri":"file://%s"}}}\n' "$PWD/$file"; }

# Let a server hear it, and say what it answered as a person reads it.
talk() { lsp_client opcit lsp "$@" | answers; }
# shellcheck disable=SC2016 # jq's own
answers() {
	jq -r '
	def place: "\(.start.line):\(.start.character)-\(.end.line):\(.end.character)";
	def edits: [.changes[][] | "\(.range | place) «\(.newText)»"] | join("; ");
	(.id | tostring) as $id |
	if .id == "greet" or .id == "bye" then empty
	elif .method == "textDocument/publishDiagnostics" then
		# what the checker says, and of what else, is for the tests of the checker
		"found",
		(.params.diagnostics[] | select(.code == "mismatch" or .code == "not-in-index") |
			"  \(.range | place) \(.severity) \(.code) \(.source)\(if .message == "" then " without a word" else "" end) \(.codeDescription.href // "")")
	elif .method == "window/showMessage" and (.params.message | startswith("opcit:")) then
		"shown \(.params.type): \(.params.message)"
	elif .method == "window/logMessage" then "log \(.params.type): \(.params.message)"
	elif .method then "\(.method): \(.params | tojson)"
	elif .error then "\(.id) error \(.error.code): \(.error.message)"
	elif .result == null then (if has("result") then "\(.id) null" else tojson end)
	elif (.result | type) == "object" and .result.contents then "\(.id) hover \(.result.range | place)", .result.contents.value, ""
	elif (.result | type) == "object" and .result.items then
		"\(.id) items \(.result.items | length)\(if .result.isIncomplete then " and more" else "" end)",
		(.result.items[:6][] | "  \(.label) | \(.detail) | \(.textEdit.range | place) «\(.textEdit.newText)»")
	elif (.result | type) == "object" and .result.uri then "\(.id) at \(.result.uri) \(.result.range.start.line)"
	elif (.result | type) == "array" then
		[.result[] | select(.kind != "quickfix")] |
		"\($id) list \(length)",
		(.[] |
			if .uri then "  \(.uri) \(.range.start.line)"
			elif .edit then "  [\(.kind)] \(.title) | \(.edit | edits)"
			elif .position then "  \(.position.line):\(.position.character) \(.label)"
			elif .target then "  \(.range | place) \(.target)"
			else "  " + tojson end)
	else tojson end'
}

# The line of a file's text: line_of FILE WORDS, from 0
line_of() { echo $(($(grep -n -m 1 -- "$2" "$1" | cut -d : -f 1) - 1)); }
