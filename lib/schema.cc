// schema.cc: building the names that schema.hh lists.
#include "schema.hh"

#include <cstdio>
#include <cstdlib>

#include <xapian.h>

#include "record.h"
#include "text.h"

namespace opcit
{

std::string bounded(const char *prefix, const char *bytes, size_t len)
{
	constexpr size_t LONGEST = 240, KEPT = 200;
	std::string name = prefix;
	uint64_t hash = 14695981039346656037u;
	size_t zeros = 0;
	char digits[24];

	// Xapian stores a zero byte as two.
	for (size_t i = 0; i < len; i++)
		zeros += bytes[i] == '\0';
	if (name.size() + len + zeros <= LONGEST)
		return name.append(bytes ? bytes : "", len);
	for (size_t i = 0; i < len; i++)
		hash = (hash ^ static_cast<unsigned char>(bytes[i])) * 1099511628211u;
	for (size_t i = 0; i < len && name.size() < KEPT; i++)
		name += bytes[i] ? bytes[i] : ' ';
	std::snprintf(digits, sizeof digits, "#%016llx", static_cast<unsigned long long>(hash));
	return name += digits;
}

static std::string key_of(struct opcit_str name)
{
	opcit_buf buf = OPCIT_BUF_INIT;

	opcit_text_key(name, &buf);
	std::string key(buf.ptr ? buf.ptr : "", buf.len);
	opcit_buf_release(&buf);
	return key;
}

std::string key_term(const char *prefix, struct opcit_str name)
{
	std::string key = key_of(name);

	return bounded(prefix, key.data(), key.size());
}

std::string pinpoint_term(struct opcit_str target, struct opcit_str pinpoint)
{
	std::string key = key_of(target) + ";" + key_of(pinpoint);

	return bounded(BY_PINPOINT, key.data(), key.size());
}

std::string entry_key(uint32_t number)
{
	char digits[16];

	std::snprintf(digits, sizeof digits, "%08x", number);
	return std::string(META_ENTRY) + digits;
}

opcit_status refuse_schema(const std::string &dir, const std::string &schema, opcit_err *err)
{
	bool older = std::atoi(schema.c_str()) < std::atoi(SCHEMA);

	opcit_err_set(err, OPCIT_DAMAGED,
		      "the index '%s' was made by %s opcit: it is of version %.20s, this program reads %s",
		      dir.c_str(), older ? "an older" : "a newer", schema.c_str(), SCHEMA);
	opcit_err_hint(err, "%sdelete the folder and run `opcit index` again: everything in it "
			    "comes from the sources",
		       older ? "" : "use the newer opcit, or ");
	return OPCIT_DAMAGED;
}

std::string number_bytes(uint32_t number)
{
	std::string bytes(4, '\0');

	for (int i = 0; i < 4; i++)
		bytes[i] = static_cast<char>(number >> (24 - 8 * i));
	return bytes;
}

bool bytes_number(const std::string &bytes, size_t at, uint32_t &number)
{
	if (bytes.size() < 4 || at > bytes.size() - 4)
		return false;
	number = 0;
	for (size_t i = at; i < at + 4; i++)
		number = number << 8 | static_cast<unsigned char>(bytes[i]);
	return true;
}

opcit_str stored_record(const std::string &data, uint32_t &number)
{
	opcit_str record = opcit_str_sub(opcit_str{ data.data(), data.size() }, 4, data.size());

	if (!bytes_number(data, 0, number) || !opcit_record_sound(record))
		throw Xapian::DatabaseCorruptError("a record is not as it was stored");
	return record;
}

} // namespace opcit
