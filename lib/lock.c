#include "lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static opcit_status fail(struct opcit_err *err, const char *dir, int error)
{
	const char *why = strerror(error);
	bool mine = error == EACCES || error == EPERM || error == EROFS;

	switch (error) {
	case EACCES:
	case EPERM: why = "no permission"; break;
	case EROFS: why = "its file system is read-only"; break;
	case ENOSPC:
	case EDQUOT: why = "the disk is full"; break;
	case ELOOP: why = "it is a symbolic link"; break;
	}
	opcit_err_set(err, OPCIT_IO, "cannot write the index: '%.300s/" OPCIT_LOCK_FILE "': %s", dir, why);
	if (mine)
		opcit_err_hint(err, "its files must be yours to write; name another index with --db");
	return OPCIT_IO;
}

/* Who holds it wrote its id just after it got the lock: the file may still be
 * empty, or have what an earlier version of it wrote. */
static opcit_status fail_locked(struct opcit_err *err, int fd)
{
	char text[24] = "";
	char *end = text;
	ssize_t len = pread(fd, text, sizeof text - 1, 0);
	long id = len > 0 ? strtol(text, &end, 10) : 0;

	if (id > 0 && *end == '\n')
		opcit_err_set(err, OPCIT_LOCKED, "the index is being written by another process (%ld)", id);
	else
		opcit_err_set(err, OPCIT_LOCKED, "the index is being written by another process");
	opcit_err_hint(err, "wait for the other `opcit index` to end, then try again");
	return OPCIT_LOCKED;
}

static int set_lock(int fd, short type)
{
	struct flock all = { .l_type = type, .l_whence = SEEK_SET };
	int done;

	do
		done = fcntl(fd, F_OFD_SETLK, &all);
	while (done != 0 && errno == EINTR);
	return done;
}

/* An id that cannot be taken out does no harm: who reads it does so only where
 * the lock is held, and then it is another one. */
static void wipe(int fd)
{
	if (ftruncate(fd, 0) != 0)
		errno = 0;
}

/* Whose lock it is. Where there is no room for that the lock holds all the
 * same, and what is written next says so itself. */
static void sign(int fd)
{
	char text[24];
	int len = snprintf(text, sizeof text, "%ld\n", (long)getpid());

	if (ftruncate(fd, 0) == 0 && pwrite(fd, text, (size_t)len, 0) != len)
		wipe(fd);
}

opcit_status opcit_lock_take(const char *dir, struct opcit_lock *lock, struct opcit_err *err)
{
	char *path = NULL;
	opcit_status status = OPCIT_OK;
	struct stat st;
	int fd;

	lock->fd = -1;
	if (asprintf(&path, "%s/" OPCIT_LOCK_FILE, dir) < 0)
		return opcit_err_set(err, OPCIT_NOMEM, "out of memory");
	/* No link: what it points to is not ours to write over. */
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, 0666);
	free(path);
	if (fd < 0)
		return fail(err, dir, errno);
	if (fstat(fd, &st) != 0)
		status = fail(err, dir, errno);
	else if (!S_ISREG(st.st_mode))
		status = opcit_err_set(err, OPCIT_IO, "cannot write the index: '%.300s/" OPCIT_LOCK_FILE
				       "': not a regular file", dir);
	else if (set_lock(fd, F_WRLCK) != 0)
		status = errno == EAGAIN || errno == EACCES ? fail_locked(err, fd) : fail(err, dir, errno);
	if (status != OPCIT_OK) {
		close(fd);
		return status;
	}
	sign(fd);
	lock->fd = fd;
	return OPCIT_OK;
}

void opcit_lock_release(struct opcit_lock *lock)
{
	if (lock->fd < 0)
		return;
	wipe(lock->fd);
	set_lock(lock->fd, F_UNLCK);
	close(lock->fd);
	lock->fd = -1;
}
