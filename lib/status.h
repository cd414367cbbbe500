/* status.h: how every fallible function of opcit reports failure.
 *
 * The library never prints and never exits. A function that can fail returns
 * an opcit_status and fills a caller-owned struct opcit_err, its last
 * parameter, which may be NULL where the caller only wants the status.
 */
#ifndef OPCIT_STATUS_H
#define OPCIT_STATUS_H

#ifdef __cplusplus
extern "C" {
#endif

typedef enum opcit_status {
	OPCIT_OK = 0,
	OPCIT_NOT_FOUND, /* ran, but there is nothing of that name */
	OPCIT_USAGE,     /* wrong command line or query syntax */
	OPCIT_IO,        /* a file or the index could not be read or written */
	OPCIT_DAMAGED,   /* the index is damaged, or newer than the program */
	OPCIT_LOCKED,    /* another process is writing: try again */
	OPCIT_LIMIT,     /* the input exceeds a documented bound */
	OPCIT_NOMEM,
	OPCIT_BUG        /* cannot happen; an assertion in disguise */
} opcit_status;

/* One failure. All strings are NUL-terminated and owned by the struct. */
struct opcit_err {
	opcit_status status;
	char message[512]; /* "cannot read 'x.pdf': encrypted": lower case, no full stop */
	char hint[512];    /* what to do about it, or empty */
	long place;        /* byte offset into the user's input (a query), or -1 */
};

#define OPCIT_ERR_INIT { OPCIT_OK, "", "", -1 }

/* Record a failure in err (which may be NULL) and return status, so that a
 * caller can write `return opcit_err_set(err, OPCIT_IO, "cannot …")`. Clears
 * any earlier hint and place. */
opcit_status opcit_err_set(struct opcit_err *err, opcit_status status,
                           const char *format, ...) __attribute__((format(printf, 3, 4)));

/* Add a hint to a failure that is already recorded; err may be NULL. */
void opcit_err_hint(struct opcit_err *err, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The exit code that the design gives to a status: 0, 1, 2, 3, 4, 75 or 70. */
int opcit_exit_code(opcit_status status);

#ifdef __cplusplus
}
#endif
#endif
