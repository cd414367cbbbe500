/* fault.c: preloaded into a run of `opcit index`, it counts what the run and all
 * its processes do to one folder, and at a chosen call ends them all or makes the call
 * fail, as a power cut or a full disk would.
 *
 *   FAULT_DIR      the folder, absolute: calls on what is below it count
 *   FAULT_STATE    a file for the counters, which all processes share
 *   FAULT_AT       "CLASS N ACTION": at the N-th call (from 1) of CLASS
 *   FAULT_LOG      a file that gets a line for each call: its number among all, class, path
 *   FAULT_SHADOW   a folder for what is durable (see below)
 *   FAULT_SOURCES  a folder, absolute: reading in it is the class "source"
 *   FAULT_DO       a shell command: the action "do"
 *   FAULT_CLOCK    seconds that the clock is ahead
 *
 * CLASS: any, write, sync, rename, trunc, unlink, create, mkdir, link, source; "any"
 * is each of them but "source". ACTION: kill; half (of a write; then kill); enospc,
 * eio (that call); enospc+, eio+ (that call and all of its class after it); do.
 *
 * What a disk has of a file after a power cut is, at worst, what the last fsync or
 * fdatasync put there. FAULT_SHADOW/INODE is a copy of just that, of each
 * file that was opened for writing: put in place of the files after a kill, it shows what a
 * power cut leaves where folders are journalled and contents are not.
 *
 * Writing through stdio is not seen: nothing that matters to an index may go that way.
 */
#undef _FILE_OFFSET_BITS /* with it, open and open64 were one name */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum call { ANY, WRITE, SYNC, RENAME, TRUNC, UNLINK, CREATE, MKDIR, LINK, SOURCE, CALLS };
static const char *const names[CALLS] = { "any",    "write",  "sync",  "rename", "trunc",
					  "unlink", "create", "mkdir", "link",	 "source" };

enum { FILES_MOST = 1024 };

struct shared {
	atomic_uint counts[CALLS];
};

static struct shared alone, *shared = &alone;
static const char *folder, *sources, *shadow;
static size_t folder_len, sources_len;
static int log_fd = -1;
static long ahead;
static enum call fault_call = CALLS;
static unsigned fault_at;
static char fault_action[16];
static bool below[FILES_MOST], source_fd[FILES_MOST]; /* files that are open for writing; sources */

__attribute__((constructor)) static void begin(void)
{
	const char *state = getenv("FAULT_STATE"), *at = getenv("FAULT_AT"), *name = getenv("FAULT_LOG"), *clock = getenv("FAULT_CLOCK");
	char class[16] = "";
	int fd;

	folder = getenv("FAULT_DIR");
	folder_len = folder ? strlen(folder) : 0;
	sources = getenv("FAULT_SOURCES");
	sources_len = sources ? strlen(sources) : 0;
	shadow = getenv("FAULT_SHADOW");
	ahead = clock ? atol(clock) : 0;
	if (name)
		log_fd = (int)syscall(SYS_openat, AT_FDCWD, name, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
	if (state && (fd = (int)syscall(SYS_openat, AT_FDCWD, state, O_RDWR | O_CREAT | O_CLOEXEC, 0666)) >= 0) {
		if (syscall(SYS_ftruncate, fd, sizeof *shared) == 0)
			shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
		if (shared == MAP_FAILED)
			shared = &alone;
		syscall(SYS_close, fd);
	}
	if (at && sscanf(at, "%15s %u %15s", class, &fault_at, fault_action) == 3)
		for (fault_call = 0; fault_call < CALLS && strcmp(class, names[fault_call]) != 0;)
			fault_call++;
}

/* ---- whose paths --------------------------------------------------------------- */

/* The path of an open file, or of one named beside a folder. */
static const char *absolute(int at, const char *path, char *out)
{
	char link[64];
	ssize_t n = 0;

	if (path && path[0] == '/')
		return path;
	snprintf(link, sizeof link, at == AT_FDCWD ? "/proc/self/cwd" : "/proc/self/fd/%d", at);
	n = readlink(link, out, PATH_MAX - 1);
	if (n < 0)
		return "";
	out[n] = '\0';
	if (path)
		snprintf(out + n, (size_t)(PATH_MAX - n), "/%s", path);
	return out;
}

static bool stands_in(const char *path, const char *in, size_t len)
{
	return len && strncmp(path, in, len) == 0 && (path[len] == '/' || path[len] == '\0');
}

/* ---- what is durable ------------------------------------------------------------ */

static void copy_to_shadow(const char *path, bool empty)
{
	char to[PATH_MAX + 32], bytes[1 << 16];
	struct stat st;
	int in, out;
	ssize_t n;

	if (!shadow || stat(path, &st) != 0 || !S_ISREG(st.st_mode))
		return;
	snprintf(to, sizeof to, "%s/%llu", shadow, (unsigned long long)st.st_ino);
	in = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
	out = (int)syscall(SYS_openat, AT_FDCWD, to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	while (!empty && in >= 0 && (n = syscall(SYS_read, in, bytes, sizeof bytes)) > 0)
		if (syscall(SYS_write, out, bytes, (size_t)n) != n)
			break;
	syscall(SYS_close, in);
	syscall(SYS_close, out);
}

/* ---- the moment ------------------------------------------------------------------ */

static void end_all(void)
{
	syscall(SYS_kill, 0, SIGKILL);
	for (;;)
		pause();
}

/* Count a call; whether it is to fail, with errno as it then is. */
static bool struck(enum call call, const char *path, bool *half)
{
	unsigned all = call == SOURCE ? 0 : atomic_fetch_add(&shared->counts[ANY], 1) + 1;
	unsigned one = atomic_fetch_add(&shared->counts[call], 1) + 1;
	unsigned n = fault_call == ANY ? all : one;
	bool from_then = fault_action[0] && fault_action[strlen(fault_action) - 1] == '+';

	if (log_fd >= 0)
		dprintf(log_fd, "%u %s %s\n", all, names[call], path);
	if ((fault_call != ANY || call == SOURCE) && fault_call != call)
		return false;
	if (n != fault_at && !(from_then && n > fault_at))
		return false;
	if (strcmp(fault_action, "half") == 0 && half)
		*half = true;
	else if (strcmp(fault_action, "kill") == 0 || strcmp(fault_action, "half") == 0)
		end_all();
	else if (strcmp(fault_action, "do") == 0) {
		unsetenv("LD_PRELOAD");
		if (system(getenv("FAULT_DO")) != 0)
			abort();
	} else {
		errno = strncmp(fault_action, "eio", 3) == 0 ? EIO : ENOSPC;
		return true;
	}
	return false;
}

static bool struck_path(enum call call, int at, const char *path)
{
	char buf[PATH_MAX];
	const char *whole = absolute(at, path, buf);

	return stands_in(whole, folder, folder_len) && struck(call, whole, NULL);
}

static bool is_ours(int fd)
{
	return fd >= 0 && fd < FILES_MOST && below[fd];
}

static bool struck_fd(enum call call, int fd, bool *half)
{
	char buf[PATH_MAX];

	return is_ours(fd) && struck(call, log_fd >= 0 ? absolute(fd, NULL, buf) : "", half);
}

/* ---- files ----------------------------------------------------------------------- */

static int open_at(int at, const char *path, int flags, mode_t mode)
{
	char buf[PATH_MAX];
	const char *whole = absolute(at, path, buf);
	bool ours = stands_in(whole, folder, folder_len), writes = (flags & O_ACCMODE) != O_RDONLY;
	bool source = !writes && stands_in(whole, sources, sources_len), there;
	struct stat st;
	int fd;

	there = ours && writes && stat(whole, &st) == 0;
	if (there)
		copy_to_shadow(whole, false);
	if (ours && writes && ((!there && (flags & O_CREAT)) || (flags & O_TRUNC)) && struck(CREATE, whole, NULL))
		return -1;
	if (source && struck(SOURCE, whole, NULL))
		return -1;
	fd = (int)syscall(SYS_openat, at, path, flags, mode);
	if (fd >= 0 && fd < FILES_MOST) {
		below[fd] = ours && writes;
		source_fd[fd] = source;
	}
	if (fd >= 0 && ours && writes && !there)
		copy_to_shadow(whole, true);
	return fd;
}

#define MODE_OF(flags, mode)                                                                       \
	do {                                                                                       \
		va_list args;                                                                      \
		va_start(args, flags);                                                             \
		(mode) = ((flags) & (O_CREAT | O_TMPFILE)) ? (mode_t)va_arg(args, int) : 0;        \
		va_end(args);                                                                      \
	} while (0)

int open(const char *path, int flags, ...)
{
	mode_t mode;

	MODE_OF(flags, mode);
	return open_at(AT_FDCWD, path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
	mode_t mode;

	MODE_OF(flags, mode);
	return open_at(AT_FDCWD, path, flags, mode);
}

int openat(int at, const char *path, int flags, ...)
{
	mode_t mode;

	MODE_OF(flags, mode);
	return open_at(at, path, flags, mode);
}

int openat64(int at, const char *path, int flags, ...)
{
	mode_t mode;

	MODE_OF(flags, mode);
	return open_at(at, path, flags, mode);
}

int creat(const char *path, mode_t mode)
{
	return open_at(AT_FDCWD, path, O_WRONLY | O_CREAT | O_TRUNC, mode);
}

int close(int fd)
{
	if (fd >= 0 && fd < FILES_MOST)
		below[fd] = source_fd[fd] = false;
	return (int)syscall(SYS_close, fd);
}

int dup(int fd)
{
	int to = (int)syscall(SYS_dup, fd);

	if (to >= 0 && to < FILES_MOST)
		below[to] = is_ours(fd);
	return to;
}

/* ---- contents --------------------------------------------------------------------- */

ssize_t write(int fd, const void *bytes, size_t n)
{
	bool half = false;

	if (struck_fd(WRITE, fd, &half))
		return -1;
	if (!half)
		return syscall(SYS_write, fd, bytes, n);
	syscall(SYS_write, fd, bytes, n / 2);
	end_all();
	return -1;
}

ssize_t pwrite(int fd, const void *bytes, size_t n, off_t at)
{
	bool half = false;

	if (struck_fd(WRITE, fd, &half))
		return -1;
	if (!half)
		return syscall(SYS_pwrite64, fd, bytes, n, at);
	syscall(SYS_pwrite64, fd, bytes, n / 2, at);
	end_all();
	return -1;
}

ssize_t pwrite64(int fd, const void *bytes, size_t n, off64_t at)
{
	return pwrite(fd, bytes, n, (off_t)at);
}

ssize_t writev(int fd, const struct iovec *parts, int n)
{
	if (struck_fd(WRITE, fd, NULL))
		return -1;
	return syscall(SYS_writev, fd, parts, n);
}

ssize_t copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t n, unsigned flags)
{
	if (struck_fd(WRITE, out, NULL))
		return -1;
	return syscall(SYS_copy_file_range, in, from, out, to, n, flags);
}

ssize_t sendfile(int out, int in, off_t *from, size_t n);
ssize_t sendfile(int out, int in, off_t *from, size_t n)
{
	if (struck_fd(WRITE, out, NULL))
		return -1;
	return syscall(SYS_sendfile, out, in, from, n);
}

int ftruncate(int fd, off_t size)
{
	if (struck_fd(TRUNC, fd, NULL))
		return -1;
	return (int)syscall(SYS_ftruncate, fd, size);
}

int ftruncate64(int fd, off64_t size)
{
	return ftruncate(fd, (off_t)size);
}

static int sync_fd(int fd, long number)
{
	char buf[PATH_MAX];
	const char *path = absolute(fd, NULL, buf);
	int result;

	/* a folder is open for reading, and to be synced all the same */
	if (stands_in(path, folder, folder_len) && struck(SYNC, path, NULL))
		return -1;
	result = (int)syscall(number, fd);
	if (result == 0 && is_ours(fd))
		copy_to_shadow(path, false);
	return result;
}

int fsync(int fd)
{
	return sync_fd(fd, SYS_fsync);
}

int fdatasync(int fd)
{
	return sync_fd(fd, SYS_fdatasync);
}

/* A source is read: the class "source" counts each piece. */
ssize_t read(int fd, void *bytes, size_t n)
{
	if (fd >= 0 && fd < FILES_MOST && source_fd[fd] && struck(SOURCE, "", NULL))
		return -1;
	return syscall(SYS_read, fd, bytes, n);
}

/* ---- names ------------------------------------------------------------------------- */

int rename(const char *from, const char *to)
{
	if (struck_path(RENAME, AT_FDCWD, to))
		return -1;
	return (int)syscall(SYS_rename, from, to);
}

int renameat(int at, const char *from, int to_at, const char *to)
{
	if (struck_path(RENAME, to_at, to))
		return -1;
	return (int)syscall(SYS_renameat, at, from, to_at, to);
}

int renameat2(int at, const char *from, int to_at, const char *to, unsigned flags)
{
	if (struck_path(RENAME, to_at, to))
		return -1;
	return (int)syscall(SYS_renameat2, at, from, to_at, to, flags);
}

int unlink(const char *path)
{
	if (struck_path(UNLINK, AT_FDCWD, path))
		return -1;
	return (int)syscall(SYS_unlink, path);
}

int unlinkat(int at, const char *path, int flags)
{
	if (struck_path(UNLINK, at, path))
		return -1;
	return (int)syscall(SYS_unlinkat, at, path, flags);
}

int rmdir(const char *path)
{
	if (struck_path(UNLINK, AT_FDCWD, path))
		return -1;
	return (int)syscall(SYS_rmdir, path);
}

int remove(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 && S_ISDIR(st.st_mode) ? rmdir(path) : unlink(path);
}

int mkdir(const char *path, mode_t mode)
{
	if (struck_path(MKDIR, AT_FDCWD, path))
		return -1;
	return (int)syscall(SYS_mkdir, path, mode);
}

int mkdirat(int at, const char *path, mode_t mode)
{
	if (struck_path(MKDIR, at, path))
		return -1;
	return (int)syscall(SYS_mkdirat, at, path, mode);
}

int link(const char *from, const char *to)
{
	if (struck_path(LINK, AT_FDCWD, to))
		return -1;
	return (int)syscall(SYS_link, from, to);
}

int symlink(const char *target, const char *path)
{
	if (struck_path(LINK, AT_FDCWD, path))
		return -1;
	return (int)syscall(SYS_symlink, target, path);
}

/* ---- the clock ----------------------------------------------------------------------- */

int clock_gettime(clockid_t clock, struct timespec *now)
{
	int result = (int)syscall(SYS_clock_gettime, clock, now);

	if (result == 0 && clock == CLOCK_REALTIME)
		now->tv_sec += ahead;
	return result;
}

time_t time(time_t *to)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	if (to)
		*to = now.tv_sec;
	return now.tv_sec;
}
