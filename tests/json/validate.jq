# Hold each input against one definition of a JSON schema:
#
#   jq -rn --slurpfile schema docs/record.schema.json --arg name search -f validate.jq
#
# prints one line for each fault, with its place. It knows the keywords that
# our schema uses, and stops at any other, so that none is passed over.

def known: ["$schema", "title", "description", "$defs", "$ref", "type", "enum", "const", "pattern",
	"minimum", "minItems", "maxItems", "items", "required", "properties", "additionalProperties"];

def typed($wanted): type == $wanted or ($wanted == "integer" and type == "number" and . == floor);

def faults($s; $place):
	. as $value
	| (($s | keys) - known | if . != [] then error("a keyword that validate.jq does not know: \(.)") else empty end),
	($s["$ref"] // empty | ltrimstr("#/$defs/") as $name
		| ($schema[0]["$defs"][$name] // error("no definition \($name)")) as $s2
		| $value | faults($s2; $place)),
	($s.type // empty | [.] | flatten
		| if any(.[]; . as $t | $value | typed($t)) then empty
		  else "\($place): \($value | type), not \(join(" or "))" end),
	($s.enum // empty | if index([$value]) then empty else "\($place): \($value) is none of \(.)" end),
	(if $s | has("const") then (if $s.const == $value then empty else "\($place): \($value), not \($s.const)" end) else empty end),
	($s.pattern // empty | if ($value | type) == "string" and ($value | test($s.pattern) | not)
		then "\($place): \"\($value)\" is not like \(.)" else empty end),
	($s.minimum // empty | if ($value | type) == "number" and $value < . then "\($place): \($value) is below \(.)" else empty end),
	($s.minItems // empty | if ($value | type) == "array" and ($value | length) < . then "\($place): too short" else empty end),
	($s.maxItems // empty | if ($value | type) == "array" and ($value | length) > . then "\($place): too long" else empty end),
	($s.items // empty | . as $each | if ($value | type) == "array"
		then range($value | length) as $i | $value[$i] | faults($each; "\($place)[\($i)]") else empty end),
	(($s.required // [])[] as $key | if ($value | type) == "object" and ($value | has($key) | not)
		then "\($place): no \($key)" else empty end),
	(if ($value | type) == "object" then
		(($s.properties // {}) | keys) as $keys
		| ($keys[] as $key | if $value | has($key) then $value[$key] | faults($s.properties[$key]; "\($place).\($key)") else empty end),
		  (if $s.additionalProperties == false then ($value | keys) - $keys | .[] | "\($place): \(.) stands in no documentation"
		   elif ($s.additionalProperties | type) == "object" then
			(($value | keys) - $keys)[] as $key | $value[$key] | faults($s.additionalProperties; "\($place).\($key)")
		   else empty end)
	 else empty end);

foreach inputs as $line (0; . + 1;
	. as $n | $line | faults($schema[0]["$defs"][$name]; "line \($n)"))
