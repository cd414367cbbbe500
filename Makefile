# opcit: one non-recursive Makefile. `make help` lists what it can do.
#
#   make demo     install what is missing, build, index corpus/, answer a question
#   make check    install what the tests need, build with warnings as errors, test
#
# A second configuration lives in its own folder: make BUILD=build/asan CFLAGS=…

PREFIX      ?= /usr/local
BINDIR      ?= $(PREFIX)/bin
LIBEXECDIR  ?= $(PREFIX)/libexec/opcit
DATADIR     ?= $(PREFIX)/share/opcit
MANDIR      ?= $(PREFIX)/share/man
BUILD       ?= build/release
VERSION     := $(shell sed -n 's/^\#define OPCIT_VERSION "\(.*\)"/\1/p' lib/version.h)

CC          ?= cc
CXX         ?= c++
PKG_CONFIG  ?= pkg-config
CFLAGS      ?= -O2 -g
CXXFLAGS    ?= $(CFLAGS)
RE2C        ?= re2c
WERROR      ?=

WARNINGS    := -Wall -Wextra -Wshadow -Wpointer-arith -Wwrite-strings -Wvla $(WERROR)
CWARNINGS   := $(WARNINGS) -Wstrict-prototypes -Wmissing-prototypes
CPPFLAGS    += -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 \
	       -DOPCIT_LIBEXECDIR='"$(LIBEXECDIR)"' -DOPCIT_DATADIR='"$(DATADIR)"'

# Libraries, by room. pkg-config finds them; what is missing is one line.
LIB_PC      := xapian-core icu-uc icu-i18n libutf8proc
QUERY_PC    := jansson libxml-2.0
TEST_PC     := criterion
ifeq ($(filter help deps clean distclean demo check install-deps lint format,$(MAKECMDGOALS)),)
MISSING     := $(strip $(foreach p,$(LIB_PC) $(QUERY_PC),$(shell $(PKG_CONFIG) --exists $(p) 2>/dev/null || echo $(p))))
ifneq ($(MISSING),)
$(error missing libraries: $(MISSING). `make demo` installs them, or see README.md)
endif
endif
pc = $(shell $(PKG_CONFIG) $(1) $(2) 2>/dev/null)

# ---- sources ----------------------------------------------------------------

LIB_C       := $(filter-out $(patsubst %.re,%.c,$(wildcard lib/*.re)),$(wildcard lib/*.c))
LIB_RE      := $(wildcard lib/*.re)
LIB_CC      := $(wildcard lib/*.cc)
INDEXER_C   := $(filter-out indexer/main.c,$(wildcard indexer/*.c))
QUERY_C     := $(filter-out query/main.c,$(wildcard query/*.c))
UNIT_C      := $(wildcard tests/unit/*.c)

obj = $(patsubst %,$(BUILD)/%.o,$(basename $(1)))
LIB_O       := $(call obj,$(LIB_C) $(LIB_CC) $(LIB_RE))
INDEXER_O   := $(call obj,$(INDEXER_C))
QUERY_O     := $(call obj,$(QUERY_C))

.PHONY: all
all: opcit opcit-index

opcit: $(BUILD)/opcit
	cp -f $< $@
opcit-index: $(BUILD)/opcit-index
	cp -f $< $@

$(BUILD)/libopcit.a: $(LIB_O)
	rm -f $@ && $(AR) rcs $@ $^
$(BUILD)/opcit: $(BUILD)/query/main.o $(QUERY_O) $(BUILD)/libopcit.a
	$(CXX) $(CXXFLAGS) $(LDFLAGS) -o $@ $^ $(call pc,--libs,$(LIB_PC) $(QUERY_PC))
$(BUILD)/opcit-index: $(BUILD)/indexer/main.o $(INDEXER_O) $(BUILD)/libopcit.a
	$(CXX) $(CXXFLAGS) $(LDFLAGS) -o $@ $^ $(call pc,--libs,$(LIB_PC))

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) -std=c11 $(CPPFLAGS) $(CFLAGS) $(CWARNINGS) -MMD -MP $(call pc,--cflags,$(LIB_PC) $(QUERY_PC)) -c -o $@ $<
$(BUILD)/%.o: %.cc
	@mkdir -p $(@D)
	$(CXX) -std=c++17 $(CPPFLAGS) $(CXXFLAGS) $(WARNINGS) -MMD -MP $(call pc,--cflags,$(LIB_PC)) -c -o $@ $<
$(BUILD)/%.c: %.re
	@mkdir -p $(@D)
	$(RE2C) -W --no-generation-date -i -o $@ $<
$(BUILD)/%.o: $(BUILD)/%.c
	$(CC) -std=c11 $(CPPFLAGS) -Ilib $(CFLAGS) $(CWARNINGS) -MMD -MP $(call pc,--cflags,$(LIB_PC)) -c -o $@ $<

-include $(shell find $(BUILD) -name '*.d' 2>/dev/null)

# ---- tests ------------------------------------------------------------------

$(BUILD)/unit: $(call obj,$(UNIT_C)) $(INDEXER_O) $(QUERY_O) $(BUILD)/libopcit.a
	$(CXX) $(CXXFLAGS) $(LDFLAGS) -o $@ $^ $(call pc,--libs,$(LIB_PC) $(QUERY_PC) $(TEST_PC))

.PHONY: clean
clean:
	rm -rf build opcit opcit-index
