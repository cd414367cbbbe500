#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

/* AddressSanitizer reserves terabytes of addresses. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { BOUND_ADDRESSES = 0 };
#else
enum { BOUND_ADDRESSES = 1 };
#endif

static bool bound(int what, rlim_t soft, rlim_t hard)
{
	struct rlimit limit, old;

	if (getrlimit(what, &old) != 0)
		return false;
	limit.rlim_max = hard < old.rlim_max ? hard : old.rlim_max;
	limit.rlim_cur = soft < limit.rlim_max ? soft : limit.rlim_max;
	return setrlimit(what, &limit) == 0;
}

bool opcit_sandbox_limits(unsigned memory_mb, unsigned seconds, unsigned file_mb)
{
	rlim_t bytes = (rlim_t)memory_mb << 20, file = (rlim_t)file_mb << 20;

	return (!memory_mb || !BOUND_ADDRESSES || bound(RLIMIT_AS, bytes, bytes)) &&
	       (!seconds || bound(RLIMIT_CPU, seconds, seconds + 1)) &&
	       bound(RLIMIT_FSIZE, file, file) && bound(RLIMIT_CORE, 0, 0);
}

/* What reading, computing and ending need, and nothing that reaches beyond
 * the process. Anything else fails with EPERM, which libraries take for a
 * thing that the system lacks. */
static const int allowed[] = {
	SCMP_SYS(read), SCMP_SYS(readv), SCMP_SYS(pread64), SCMP_SYS(lseek), SCMP_SYS(close),
	SCMP_SYS(fstat), SCMP_SYS(newfstatat), SCMP_SYS(statx), SCMP_SYS(stat), SCMP_SYS(lstat),
	SCMP_SYS(statfs), SCMP_SYS(fstatfs), SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2),
	SCMP_SYS(readlink), SCMP_SYS(readlinkat), SCMP_SYS(getdents64), SCMP_SYS(getcwd),
	SCMP_SYS(dup), SCMP_SYS(fcntl), SCMP_SYS(fadvise64), SCMP_SYS(poll), SCMP_SYS(ppoll),
	SCMP_SYS(mmap), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(mprotect), SCMP_SYS(madvise),
	SCMP_SYS(brk), SCMP_SYS(mincore), SCMP_SYS(futex), SCMP_SYS(sched_yield),
	SCMP_SYS(sched_getaffinity), SCMP_SYS(set_robust_list), SCMP_SYS(rseq), SCMP_SYS(set_tid_address),
	SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(getuid), SCMP_SYS(geteuid), SCMP_SYS(getgid),
	SCMP_SYS(getegid), SCMP_SYS(getrusage), SCMP_SYS(uname), SCMP_SYS(sysinfo),
	SCMP_SYS(getrandom), SCMP_SYS(clock_gettime), SCMP_SYS(clock_getres), SCMP_SYS(gettimeofday),
	SCMP_SYS(time), SCMP_SYS(times), SCMP_SYS(nanosleep), SCMP_SYS(clock_nanosleep),
	SCMP_SYS(restart_syscall), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(rt_sigreturn), SCMP_SYS(sigaltstack), SCMP_SYS(arch_prctl), SCMP_SYS(exit), SCMP_SYS(exit_group),
};

static int add_conditional(scmp_filter_ctx filter, int pipe)
{
	const uint64_t writing = O_ACCMODE | O_CREAT | O_TRUNC;
	static const int writers[] = { SCMP_SYS(write), SCMP_SYS(writev) };
	int failed = 0, i;

	for (i = 0; i < 2; i++) {
		failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, writers[i], 1,
		                           SCMP_A0(SCMP_CMP_EQ, (unsigned)pipe));
		failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, writers[i], 1,
		                           SCMP_A0(SCMP_CMP_EQ, STDERR_FILENO));
	}
	failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
	                           SCMP_A2(SCMP_CMP_MASKED_EQ, writing, O_RDONLY));
	failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(open), 1,
	                           SCMP_A1(SCMP_CMP_MASKED_EQ, writing, O_RDONLY));
	/* Bounds may be asked for, not changed: root could lift them again. */
	failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 1,
	                           SCMP_A2(SCMP_CMP_EQ, 0));
	/* abort() raises its signal in this very process. */
	failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
	                           SCMP_A0(SCMP_CMP_EQ, (uint64_t)getpid()));
	/* Threads, but no processes; clone3 hides its flags from the filter, and
	 * glibc goes back to clone when it is not there. */
	failed |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1,
	                           SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD));
	failed |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
	return failed;
}

static int allow_program(scmp_filter_ctx filter, const char *program)
{
	return program ? seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(execve), 1,
	                                  SCMP_A0(SCMP_CMP_EQ, (uintptr_t)program)) : 0;
}

bool opcit_sandbox_enter(int pipe, const char *program)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	int failed = !filter;
	size_t i;

	for (i = 0; !failed && i < sizeof allowed / sizeof *allowed; i++)
		failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0);
	failed = failed || add_conditional(filter, pipe) || allow_program(filter, program) ||
	         seccomp_load(filter);
	seccomp_release(filter);
	return !failed;
}

/* ---- a folder to write in ------------------------------------------------------ */

/* What an office suite has no business to do. */
static const int refused[] = {
	SCMP_SYS(connect), SCMP_SYS(execveat), SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv),
	SCMP_SYS(process_vm_writev), SCMP_SYS(mount), SCMP_SYS(umount2), SCMP_SYS(chroot),
	SCMP_SYS(pivot_root), SCMP_SYS(setns), SCMP_SYS(unshare), SCMP_SYS(bpf), SCMP_SYS(keyctl),
	SCMP_SYS(add_key), SCMP_SYS(request_key), SCMP_SYS(kexec_load), SCMP_SYS(init_module),
	SCMP_SYS(finit_module), SCMP_SYS(delete_module), SCMP_SYS(reboot), SCMP_SYS(perf_event_open),
	SCMP_SYS(userfaultfd), SCMP_SYS(io_uring_setup), SCMP_SYS(setrlimit), SCMP_SYS(kill),
	SCMP_SYS(chmod), SCMP_SYS(fchmodat), SCMP_SYS(chown), SCMP_SYS(fchownat), SCMP_SYS(setxattr),
	SCMP_SYS(utimensat), SCMP_SYS(mknod), SCMP_SYS(mknodat),
};

/* Landlock: the kernel itself keeps all writing inside the folder. LibreOffice
 * does not start unless it can put a socket into /tmp; nobody is connected to
 * by it. */
static bool lock_files(const char *folder)
{
	const uint64_t writing = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
	                         LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR |
	                         LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
	                         LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM;
	struct landlock_ruleset_attr rules = { .handled_access_fs = writing };
	struct landlock_path_beneath_attr beneath = { .allowed_access = writing };
	int fd = (int)syscall(SYS_landlock_create_ruleset, &rules, sizeof rules, 0);
	bool locked;

	if (fd < 0)
		return false;
	beneath.parent_fd = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
	locked = beneath.parent_fd >= 0 &&
	         syscall(SYS_landlock_add_rule, fd, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0) == 0 &&
	         prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	         syscall(SYS_landlock_restrict_self, fd, 0) == 0;
	if (beneath.parent_fd >= 0)
		close(beneath.parent_fd);
	close(fd);
	return locked;
}

bool opcit_sandbox_enter_folder(const char *folder, const char *program)
{
	scmp_filter_ctx filter;
	int failed;
	size_t i;

	if (!lock_files(folder))
		return false;
	filter = seccomp_init(SCMP_ACT_ALLOW);
	failed = !filter;
	for (i = 0; !failed && i < sizeof refused / sizeof *refused; i++)
		failed = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), refused[i], 0);
	failed = failed ||
	         seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(socket), 1,
	                          SCMP_A0(SCMP_CMP_NE, AF_UNIX)) ||
	         seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(prlimit64), 1,
	                          SCMP_A2(SCMP_CMP_NE, 0)) ||
	         seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(execve), 1,
	                          SCMP_A0(SCMP_CMP_NE, (uintptr_t)program)) ||
	         seccomp_load(filter);
	seccomp_release(filter);
	return !failed;
}
