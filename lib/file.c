#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static opcit_status cannot(const char *path, const char *why, struct opcit_err *err)
{
	return opcit_err_set(err, OPCIT_IO, "cannot read '%s': %s", path, why);
}

static opcit_status too_large(const char *path, size_t most, struct opcit_err *err)
{
	bool mega = most >= (size_t)1 << 20;

	return opcit_err_set(err, OPCIT_LIMIT, "cannot read '%s': over %zu %s", path, most >> (mega ? 20 : 10),
			     mega ? "MB" : "KB");
}

/* Up to `size` bytes of an open file; it may have been cut short meanwhile. */
static opcit_status read_all(int fd, const char *path, size_t size, struct opcit_arena *arena,
			     struct opcit_str *bytes, struct opcit_err *err)
{
	char *to = opcit_arena_alloc(arena, size + 1);
	size_t n = 0;
	ssize_t got = 1;

	while (n < size && got != 0) {
		got = read(fd, to + n, size - n);
		if (got < 0 && errno != EINTR)
			return cannot(path, strerror(errno), err);
		n += got > 0 ? (size_t)got : 0;
	}
	*bytes = (struct opcit_str){ to, n };
	return OPCIT_OK;
}

opcit_status opcit_file_read(const char *path, size_t most, struct opcit_arena *arena, struct opcit_str *bytes,
			     struct opcit_err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	opcit_status status;
	struct stat info;

	if (fd < 0)
		return errno == ENOENT || errno == ENOTDIR ? OPCIT_NOT_FOUND : cannot(path, strerror(errno), err);
	if (fstat(fd, &info) != 0)
		status = cannot(path, strerror(errno), err);
	else if (!S_ISREG(info.st_mode))
		status = cannot(path, "it is no file", err);
	else if ((uintmax_t)info.st_size > most)
		status = too_large(path, most, err);
	else
		status = read_all(fd, path, (size_t)info.st_size, arena, bytes, err);
	close(fd);
	return status;
}

bool opcit_file_write(int fd, struct opcit_str bytes)
{
	while (bytes.len) {
		ssize_t n = write(fd, bytes.ptr, bytes.len);

		if (n < 0 && errno != EINTR)
			return false;
		if (n > 0)
			bytes = opcit_str_sub(bytes, (size_t)n, bytes.len);
	}
	return true;
}
