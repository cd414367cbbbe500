/* clipboard.h: --copy: what a command prints for pasting, on the clipboard. */
#ifndef OPCIT_CLIPBOARD_H
#define OPCIT_CLIPBOARD_H

#include "../lib/status.h"
#include "../lib/str.h"

/* A terminal takes no longer text (the protocol's 100,000 bytes, in base64). */
enum { CLIPBOARD_TERMINAL_MOST = 74994 };

/* Put the text on the clipboard: by the terminal (OSC 52), which may be on another
 * machine than the program, and by wl-copy, xclip or xsel where there is a screen
 * for them. Says on stderr what was copied. OPCIT_IO with what to do when nothing
 * takes it. Waits for such a program for five seconds at most. */
opcit_status clipboard_copy(struct opcit_str text, struct opcit_err *err);

/* The end of a command that may copy: output_finish(code), then copy what there
 * is, if anything, and release it. */
int clipboard_finish(struct opcit_buf *copied, int code);

#endif
