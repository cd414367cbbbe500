// guard.hh: the one door between C++ exceptions and opcit_status. Every
// extern "C" body of the shim is one guard(err, [&] { … }).
#ifndef OPCIT_GUARD_HH
#define OPCIT_GUARD_HH

#include <xapian.h>

#include <cerrno>
#include <cstring>
#include <new>
#include <stdexcept>
#include <string>
#include <system_error>

#include "status.h"

namespace opcit
{

// Whether no room is left: where taking back what failed fails as well, the reason
// stands in the message alone.
inline bool is_full(const char *reason, const std::string &message)
{
	for (int number : { ENOSPC, EDQUOT }) {
		const char *full = std::strerror(number);

		if (reason ? std::strcmp(reason, full) == 0
			   : message.find(std::string("(") + full + ")") != std::string::npos)
			return true;
	}
	return false;
}

inline opcit_status disk_is_full(struct opcit_err *err)
{
	return opcit_err_set(err, OPCIT_IO, "cannot write the index: the disk is full");
}

// "host:port", where a shard elsewhere failed; else empty.
inline std::string shard_of(const Xapian::Error &error)
{
	const std::string &context = error.get_context();
	size_t from = context.find("remote:tcp("), to = context.rfind(')');

	return from == std::string::npos || to == std::string::npos ? "" : context.substr(from + 11, to - from - 11);
}

// A shard elsewhere did not answer, or what it answered was that it cannot.
inline opcit_status explain_shard(const Xapian::Error &error, struct opcit_err *err)
{
	const std::string shard = shard_of(error), type = error.get_type(), &message = error.get_msg();
	const char *reason = error.get_error_string();
	std::string name = shard.empty() ? "a shard" : "the shard '" + shard + "'";

	if (type == "NetworkTimeoutError" || type == "NetworkError") {
		opcit_err_set(err, OPCIT_IO, "%s does not answer: %s", name.c_str(), reason ? reason : message.c_str());
		opcit_err_hint(err, "is its xapian-tcpsrv running? --partial goes on without it");
		return OPCIT_IO;
	}
	opcit_err_set(err, type == "DatabaseCorruptError" || type == "DatabaseVersionError" ? OPCIT_DAMAGED : OPCIT_IO,
		      "%s cannot be read: %s%s%s", name.c_str(), message.c_str(), reason ? ": " : "", reason ? reason : "");
	opcit_err_hint(err, "mend it where it is, or go on without it with --partial");
	return type == "DatabaseCorruptError" || type == "DatabaseVersionError" ? OPCIT_DAMAGED : OPCIT_IO;
}

// What a Xapian error means to the caller; derived classes first. `dir` is the
// index, where it is known: who is to delete it wants to know which.
inline opcit_status explain(const Xapian::Error &error, const char *dir, struct opcit_err *err)
{
	const char *reason = error.get_error_string();
	const std::string &message = error.get_msg();
	const std::string type = error.get_type();

	if (type == "DatabaseLockError" && message.find("already locked") == std::string::npos) {
		// "Unable to get write lock on DIR: Permission denied"
		opcit_err_set(err, OPCIT_IO, "cannot write the index: %s", message.c_str());
		opcit_err_hint(err, "its files must be yours to write; name another index with --db");
		return OPCIT_IO;
	}
	if (type == "DatabaseLockError") {
		opcit_err_set(err, OPCIT_LOCKED, "the index is being written by another process");
		opcit_err_hint(err, "wait for the other `opcit index` to end, then try again");
		return OPCIT_LOCKED;
	}
	if (type == "DatabaseModifiedError") {
		opcit_err_set(err, OPCIT_LOCKED, "the index keeps changing while it is read");
		opcit_err_hint(err, "try again in a moment");
		return OPCIT_LOCKED;
	}
	if (!shard_of(error).empty() || type == "NetworkError" || type == "NetworkTimeoutError")
		return explain_shard(error, err);
	if (is_full(reason, message))
		return disk_is_full(err);
	// A commit failed and so did taking it back, in memory: on the disk is what was.
	if (message.find("Modifications failed") == 0)
		return opcit_err_set(err, OPCIT_IO, "cannot write the index: %s", message.c_str());
	if (type == "DatabaseNotFoundError")
		return opcit_err_set(err, OPCIT_IO, "cannot open the index: %s", message.c_str());
	// A file of the index that ends too early or is gone: the system has no
	// complaint of its own, or only that one.
	bool torn = (type == "DatabaseError" && !reason) ||
		    (type == "DatabaseOpeningError" && reason &&
		     std::strcmp(reason, std::strerror(ENOENT)) == 0);

	// A block is not as it was written (blocks.hh).
	torn = torn || (reason && std::strcmp(reason, std::strerror(EBADMSG)) == 0);
	// A list of records names one that there is not; all that is missing of an entry.
	torn = torn || type == "DocNotFoundError" || type == "FeatureUnavailableError";

	if (type == "DatabaseVersionError" || type == "DatabaseCorruptError" || torn) {
		opcit_err_set(err, OPCIT_DAMAGED, "the index is damaged: %s", message.c_str());
		opcit_err_hint(err,
			       "delete the folder %s%s%s and run `opcit index` again: "
			       "everything in it comes from the sources",
			       dir ? "'" : "of the index", dir ? dir : "", dir ? "'" : "");
		return OPCIT_DAMAGED;
	}
	if (type == "DatabaseError" || type == "DatabaseOpeningError" ||
	    type == "DatabaseCreateError" || type == "DatabaseClosedError")
		return opcit_err_set(err, OPCIT_IO, "cannot use the index: %s%s%s", message.c_str(),
				     reason ? ": " : "", reason ? reason : "");
	return opcit_err_set(err, OPCIT_BUG, "unexpected %s: %s", type.c_str(), message.c_str());
}

// Run body, which returns an opcit_status, and let no exception out.
template <typename Body>
opcit_status guard(struct opcit_err *err, Body body, const char *dir = nullptr) noexcept
{
	try {
		return body();
	} catch (const Xapian::Error &error) {
		return explain(error, dir, err);
	} catch (const std::system_error &error) {
		if (error.code().value() == ENOSPC || error.code().value() == EDQUOT)
			return disk_is_full(err);
		return opcit_err_set(err, OPCIT_IO, "cannot use the index: %s", error.what());
	} catch (const std::length_error &) {
		// A size that was read, and cannot be.
		return explain(Xapian::DatabaseCorruptError("a size in it cannot be"), dir, err);
	} catch (const std::bad_alloc &) {
		return opcit_err_set(err, OPCIT_NOMEM, "out of memory");
	} catch (const std::exception &error) {
		return opcit_err_set(err, OPCIT_BUG, "unexpected exception: %s", error.what());
	} catch (...) {
		return opcit_err_set(err, OPCIT_BUG, "unexpected exception");
	}
}

} // namespace opcit
#endif
