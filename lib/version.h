#ifndef OPCIT_VERSION_H
#define OPCIT_VERSION_H

#define OPCIT_VERSION "0.1.0"

#endif
