#include "status.h"

#include <stdarg.h>
#include <stdio.h>

opcit_status opcit_err_set(struct opcit_err *err, opcit_status status,
                           const char *format, ...)
{
	va_list ap;

	if (!err)
		return status;
	err->status = status;
	err->hint[0] = '\0';
	err->place = -1;
	va_start(ap, format);
	vsnprintf(err->message, sizeof err->message, format, ap);
	va_end(ap);
	return status;
}

void opcit_err_hint(struct opcit_err *err, const char *format, ...)
{
	va_list ap;

	if (!err)
		return;
	va_start(ap, format);
	vsnprintf(err->hint, sizeof err->hint, format, ap);
	va_end(ap);
}

int opcit_exit_code(opcit_status status)
{
	switch (status) {
	case OPCIT_OK: return 0;
	case OPCIT_NOT_FOUND: return 1;
	case OPCIT_USAGE: return 2;
	case OPCIT_IO:
	case OPCIT_LIMIT:
	case OPCIT_NOMEM: return 3;
	case OPCIT_DAMAGED: return 4;
	case OPCIT_LOCKED: return 75;
	case OPCIT_BUG: break;
	}
	return 70;
}
