# opcit: one non-recursive Makefile. `make help` lists what it can do.
#
# A second configuration lives in its own folder: make BUILD=build/asan CFLAGS=…

PREFIX      ?= /usr/local
BINDIR      ?= $(PREFIX)/bin
LIBEXECDIR  ?= $(PREFIX)/libexec/opcit
DATADIR     ?= $(PREFIX)/share/opcit
MANDIR      ?= $(PREFIX)/share/man
BASHCOMPDIR ?= $(PREFIX)/share/bash-completion/completions
ZSHCOMPDIR  ?= $(PREFIX)/share/zsh/site-functions
FISHCOMPDIR ?= $(PREFIX)/share/fish/vendor_completions.d
DESTDIR     ?=
BUILD       ?= build/release
VERSION     := $(shell sed -n 's/^\#define OPCIT_VERSION "\(.*\)"/\1/p' lib/version.h)

CC          ?= cc
CXX         ?= c++
PKG_CONFIG  ?= pkg-config
RE2C        ?= re2c
INSTALL     ?= install
CFLAGS      ?= -O2 -g
CXXFLAGS    ?= $(CFLAGS)
WERROR      ?=

WARNINGS    := -Wall -Wextra -Wshadow -Wpointer-arith -Wwrite-strings -Wvla $(WERROR)
CWARNINGS   := $(WARNINGS) -Wstrict-prototypes -Wmissing-prototypes
CPPFLAGS    += -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64
JOBS        := -j$(shell nproc 2>/dev/null || echo 1)

# Libraries, by room. pkg-config finds them; what is missing is one line.
LIB_PC      := xapian-core icu-uc icu-i18n libutf8proc libzstd zlib
INDEXER_PC  := libxml-2.0 libzip libseccomp poppler-glib tesseract
QUERY_PC    := jansson libxml-2.0
TEST_PC     := criterion
BENCH_PC    := sqlite3
# CLD2 has no pkg-config file; only what indexes links it.
CLD2        := -lcld2
pc = $(shell $(PKG_CONFIG) $(1) $(2) 2>/dev/null)

# Goals that compile nothing themselves, and so do without the libraries.
BARE_GOALS  := help demo check soak asan fuzz fuzz-build lint format bench bench-scale vscode clean uninstall
ifneq ($(filter-out $(BARE_GOALS),$(or $(MAKECMDGOALS),all)),)
NEEDED      := build $(if $(filter test $(BUILD)/unit,$(MAKECMDGOALS)),test)
MISSING     := $(shell tools/install-deps --missing $(NEEDED))
ifneq ($(MISSING),)
$(error missing: $(MISSING). Run tools/install-deps $(strip $(NEEDED)))
endif
endif

# ---- sources ----------------------------------------------------------------

LIB_RE      := $(wildcard lib/*.re)
LIB_C       := $(wildcard lib/*.c)
LIB_CC      := $(wildcard lib/*.cc)
# The readers and the libraries they rest on are in opcit-read only.
READERS_C   := indexer/readers.c indexer/convert.c indexer/package.c indexer/package_write.c indexer/xml.c indexer/markup.c \
	       indexer/ordinal.c indexer/row.c indexer/ocr.c $(wildcard indexer/pdf_*.c indexer/docx_*.c indexer/odt_*.c indexer/annotate*.c) \
	       $(filter-out indexer/reader_text%,$(wildcard indexer/reader_*.c))
INDEXER_C   := $(filter-out indexer/main.c indexer/readers_plan.c,$(wildcard indexer/*.c))
PLAN_C      := $(filter-out $(READERS_C),$(INDEXER_C)) indexer/readers_plan.c
QUERY_C     := $(filter-out query/main.c,$(wildcard query/*.c))
UNIT_C      := $(wildcard tests/unit/*.c)
MAN         := $(wildcard man/*.1)
MAN7        := $(wildcard man/*.7)
DATA        := $(wildcard data/*.tsv)
THESAURUS   := $(wildcard data/thesaurus/*.txt)

obj = $(patsubst %,$(BUILD)/%.o,$(basename $(1)))
LIB_O       := $(call obj,$(LIB_C) $(LIB_CC) $(LIB_RE) lib/records.zdict)
INDEXER_O   := $(call obj,$(INDEXER_C))
QUERY_O     := $(call obj,$(QUERY_C)) $(BUILD)/query/meaning_table.o $(BUILD)/query/shipped_thesaurus.o

PLAN_O      := $(call obj,$(PLAN_C))
PROGRAMS    := $(BUILD)/opcit $(BUILD)/opcit-index $(BUILD)/opcit-read
COMPLETION  := $(addprefix $(BUILD)/completion/,opcit.bash _opcit opcit.fish)

.PHONY: all
all: opcit opcit-index opcit-read $(COMPLETION) ## build opcit and opcit-index (the default)

opcit opcit-index opcit-read: %: $(BUILD)/%
	@cp -f $< $@

# What is compiled is said in one word; V=1 shows the commands.
say = $(if $(V),,@echo "  $(1)  $(patsubst $(BUILD)/%,%,$@)";)

$(BUILD)/libopcit.a: $(LIB_O)
	$(call say,AR )rm -f $@ && $(AR) rcs $@ $^
$(BUILD)/opcit: $(BUILD)/query/main.o $(QUERY_O) $(BUILD)/libopcit.a
	$(call say,LD )$(CXX) $(CXXFLAGS) $(LDFLAGS) -o $@ $^ $(call pc,--libs,$(LIB_PC) $(QUERY_PC))
$(BUILD)/opcit-index: $(BUILD)/indexer/main.o $(PLAN_O) $(BUILD)/libopcit.a
	$(call say,LD )$(CXX) $(CXXFLAGS) $(LDFLAGS) -o $@ $^ $(call pc,--libs,$(LIB_PC) libseccomp) $(CLD2)
$(BUILD)/opcit-read: $(BUILD)/indexer/main.o $(INDEXER_O) $(BUILD)/libopcit.a
	$(call say,LD )$(CXX) $(CXXFLAGS) $(LDFLAGS) -o $@ $^ $(call pc,--libs,$(LIB_PC) $(INDEXER_PC)) $(CLD2)

COMPILE_C   = $(CC) -std=c11 $(CPPFLAGS) $(CFLAGS) $(CWARNINGS) -MMD -MP $(call pc,--cflags,$(LIB_PC) $(INDEXER_PC) $(QUERY_PC)) -c
COMPILE_CXX = $(CXX) -std=c++17 $(CPPFLAGS) $(CXXFLAGS) $(WARNINGS) -MMD -MP $(call pc,--cflags,$(LIB_PC)) -c

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	$(call say,CC )$(COMPILE_C) -o $@ $<
$(BUILD)/%.o: %.cc
	@mkdir -p $(@D)
	$(call say,CXX)$(COMPILE_CXX) -o $@ $<
$(BUILD)/%.c: %.re
	@mkdir -p $(@D)
	$(call say,RE )$(RE2C) -W --no-generation-date -i -o $@ $<
$(BUILD)/%.o: $(BUILD)/%.c
	$(call say,CC )$(COMPILE_C) -I$(patsubst $(BUILD)/%,%,$(@D)) -o $@ $<

# Bytes as they are, under a name of the linker's (lib/squeeze.cc).
$(BUILD)/%.o: %.zdict
	@mkdir -p $(@D)
	$(call say,BIN)$(LD) -r -b binary -z noexecstack -o $@ $<

# Of the thesaurus: which words speak of which concepts (lib/meaning.h), and itself, cut and sorted.
$(BUILD)/query/meaning_table.c: $(BUILD)/meanings
$(BUILD)/query/shipped_thesaurus.c: $(BUILD)/shipped
$(BUILD)/query/meaning_table.c $(BUILD)/query/shipped_thesaurus.c: $(THESAURUS)
	@mkdir -p $(@D)
	$(call say,TAB)$(filter $(BUILD)/%,$^) data >$@.new && mv $@.new $@
$(BUILD)/meanings $(BUILD)/shipped: $(BUILD)/%: $(BUILD)/tools/%.o $(BUILD)/libopcit.a
	$(call say,LD )$(CXX) $(CXXFLAGS) $(LDFLAGS) -o $@ $^ $(call pc,--libs,$(LIB_PC)) -lm

# A program looks for its tables beside it: every build folder shows them.
$(PROGRAMS) $(BUILD)/bench_search: | $(BUILD)/data
$(BUILD)/data:
	@mkdir -p $(@D)
	@ln -sfn $(CURDIR)/data $@

# Where the installed halves find one another is compiled in: `make` and then
# `make install PREFIX=/usr` compiles that one file again.
FOLDERS     := -DOPCIT_LIBEXECDIR='"$(LIBEXECDIR)"' -DOPCIT_DATADIR='"$(DATADIR)"'
$(BUILD)/lib/paths.o: CPPFLAGS += $(FOLDERS)
$(BUILD)/lib/paths.o: $(BUILD)/folders
$(BUILD)/folders: FORCE
	@mkdir -p $(@D)
	@echo '$(LIBEXECDIR) $(DATADIR)' | cmp -s - $@ || echo '$(LIBEXECDIR) $(DATADIR)' > $@

# Completion is made from what the program says of itself, so it cannot drift.
$(COMPLETION) &: completion/generate $(PROGRAMS)
	@completion/generate $(BUILD)/opcit $(BUILD)/completion

.PHONY: FORCE
FORCE:
.SECONDARY:
-include $(shell find $(BUILD) -path '$(BUILD)/test' -prune -o -name '*.d' -type f -print 2>/dev/null)

# ---- see it work --------------------------------------------------------------

QUESTION    := recommendations on detention of children

.PHONY: demo
demo: ## install what is missing, build, index corpus/, answer a question
	@tools/install-deps build
	@$(MAKE) --no-print-directory $(JOBS) all
	@echo
	./opcit index --db build/demo/db corpus
	@echo
	NO_COLOR=1 PAGER=cat ./opcit search --db build/demo/db -n 5 $(QUESTION)
	@echo "Ask more:  ./opcit search --db build/demo/db YOUR WORDS"

# ---- tests --------------------------------------------------------------------

# The tests' own programs.
$(BUILD)/unit: $(call obj,$(UNIT_C)) $(INDEXER_O) $(QUERY_O) $(BUILD)/libopcit.a
	$(call say,LD )$(CXX) $(CXXFLAGS) $(LDFLAGS) -o $@ $^ $(call pc,--libs,$(LIB_PC) $(INDEXER_PC) $(QUERY_PC) $(TEST_PC)) $(CLD2)
$(BUILD)/score: $(BUILD)/tests/gold/score.o
	$(call say,LD )$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(call pc,--libs,jansson libutf8proc)

# An editor, for the tests of `opcit lsp`.
$(BUILD)/lsp_client: $(BUILD)/tests/lsp/client.o
	$(call say,LD )$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(call pc,--libs,jansson)

# What ends a run or makes its calls fail, for the tests of that; without sanitizers,
# which want to be loaded first.
$(BUILD)/fault.so: tests/crash/fault.c
	@mkdir -p $(@D)
	$(call say,LD )$(CC) -std=c11 $(CPPFLAGS) $(filter-out $(SANITIZE),$(CFLAGS)) $(CWARNINGS) -fPIC -shared -o $@ $<

# A small database as a large one, for the same tests.
$(BUILD)/by_blocks: $(BUILD)/tests/crash/by_blocks.o $(BUILD)/libopcit.a
	$(call say,LD )$(CXX) $(CXXFLAGS) $(LDFLAGS) -o $@ $^ $(call pc,--libs,$(LIB_PC))

# Warnings are errors there, and the compiler's version is Debian's: so the
# folder is not the one in which people work.
.PHONY: check
check: ## install what the tests need, build with warnings as errors, run all tests
	@tools/install-deps build test
	@$(MAKE) --no-print-directory $(JOBS) BUILD=build/check WERROR=-Werror test

.PHONY: test
test: $(PROGRAMS) $(COMPLETION) $(BUILD)/unit $(BUILD)/score $(BUILD)/evaluate $(BUILD)/lsp_client $(BUILD)/fault.so $(BUILD)/by_blocks $(BUILD)/generate ## run all tests on what BUILD= holds; SUITES="unit cli" only those
	CRASH_ALL=$(CRASH_ALL) SUITE_SECONDS=$(SUITE_SECONDS) tests/run $(BUILD) $(SUITES)

.PHONY: soak
soak: ## disturb a run at each of its calls, in every way (an hour)
	@tools/install-deps build test
	@$(MAKE) --no-print-directory $(JOBS) BUILD=build/check WERROR=-Werror CRASH_ALL=1 SUITES=crash SUITE_SECONDS=14400 test

SANITIZE    := -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
.PHONY: asan
asan: ## build with AddressSanitizer and UBSan, run all tests
	@tools/install-deps build test
	@$(MAKE) --no-print-directory $(JOBS) BUILD=build/asan CFLAGS='-O1 -g $(SANITIZE)' test

# libFuzzer comes with clang; all is built once more with its hooks. Each reader
# has its fuzzer, out of one source.
FUZZ_READERS := pdf docx odt html akn doc text
FUZZERS     := $(patsubst tests/fuzz/fuzz_%.c,%,$(filter-out %_read.c,$(wildcard tests/fuzz/fuzz_*.c))) $(FUZZ_READERS)
FUZZ_SECONDS ?= 600
FUZZ_SEED   ?= 0
HOOKS       := -O1 -gline-tables-only $(SANITIZE) -fsanitize=fuzzer-no-link
.PHONY: fuzz fuzz-build fuzzers
fuzz: fuzz-build ## run each fuzzer for FUZZ_SECONDS (600), two at a time
	@printf '%s\n' $(FUZZERS) | xargs -P $$(nproc) -I{} tests/fuzz/one build/fuzz {} $(FUZZ_SECONDS) $(FUZZ_SEED)
fuzz-build:
	@tools/install-deps build fuzz
	@$(MAKE) --no-print-directory $(JOBS) BUILD=build/fuzz CC=clang CXX=clang++ CFLAGS='$(HOOKS)' \
		WERROR=-Wno-missing-field-initializers fuzzers
fuzzers: $(addprefix $(BUILD)/fuzz_,$(FUZZERS))
$(BUILD)/fuzz_%: $(BUILD)/tests/fuzz/fuzz_%.o $(INDEXER_O) $(QUERY_O) $(BUILD)/libopcit.a
	$(call say,LD )$(CXX) $(CXXFLAGS) -fsanitize=fuzzer -o $@ $^ $(call pc,--libs,$(LIB_PC) $(INDEXER_PC) $(QUERY_PC)) $(CLD2)
$(FUZZ_READERS:%=$(BUILD)/tests/fuzz/fuzz_%.o): $(BUILD)/tests/fuzz/fuzz_%.o: tests/fuzz/fuzz_read.c
	@mkdir -p $(@D)
	$(call say,CC )$(COMPILE_C) -DREADER=opcit_reader_$* -o $@ $<

# ---- care of the code -----------------------------------------------------------

SOURCES     := $(wildcard lib/*.[ch] lib/*.cc lib/*.hh indexer/*.[ch] query/*.[ch] tests/*/*.[ch] tools/*.[ch])
LINT_C      := $(filter %.c,$(SOURCES))

.PHONY: lint
lint: ## clang-tidy and cppcheck
	@tools/install-deps build lint
	printf '%s\n' $(LINT_C) | xargs -P $$(nproc) -I{} clang-tidy --quiet {} -- \
		-std=c11 $(CPPFLAGS) $(FOLDERS) -Ilib $(call pc,--cflags,$(LIB_PC) $(INDEXER_PC) $(QUERY_PC))
	cppcheck --quiet --std=c11 --enable=warning,performance,portability --inline-suppr \
		--suppress=autoVariables --error-exitcode=1 -j $$(nproc) -D_GNU_SOURCE \
		$(filter lib/% indexer/% query/%,$(LINT_C))

.PHONY: format
format: ## lay out the code as .clang-format says
	@tools/install-deps lint
	clang-format -i $(SOURCES)

.PHONY: vscode
vscode: ## build the extension for VS Code, build/vscode/opcit.vsix (needs npm)
	@command -v npm >/dev/null || { echo "vscode: there is no npm" >&2; exit 1; }
	@mkdir -p build/vscode
	@cp tools/vscode/*.js* tools/vscode/*.md tools/vscode/.vscodeignore LICENSE build/vscode/
	cd build/vscode && npm ci --no-fund --no-audit && npx vsce package --no-dependencies --allow-missing-repository --out opcit.vsix

# What measures, and what it is compared with.
BENCHES     := $(addprefix $(BUILD)/,bench_segment bench_cite bench_search bench_time bench_fts5 lsp_client generate)

.PHONY: bench bench-scale
bench: ## measure what docs/benchmarks.md promises; CHAPTERS="reading peers" only those
	@tools/install-deps build bench
	@$(MAKE) --no-print-directory $(JOBS) all $(BENCHES)
	tools/bench/run $(BUILD) $(CHAPTERS)
bench-scale: CHAPTERS := scale
bench-scale: bench ## measure with a million paragraphs and 100,000 files; takes minutes

$(BUILD)/bench_segment: $(BUILD)/tools/bench_segment.o $(INDEXER_O) $(BUILD)/libopcit.a
	$(call say,LD )$(CXX) $(CXXFLAGS) $(LDFLAGS) -o $@ $^ $(call pc,--libs,$(LIB_PC) $(INDEXER_PC)) $(CLD2)
$(BUILD)/bench_cite: $(BUILD)/tools/bench_cite.o $(BUILD)/libopcit.a
	$(call say,LD )$(CXX) $(CXXFLAGS) $(LDFLAGS) -o $@ $^ $(call pc,--libs,$(LIB_PC))
$(BUILD)/bench_search: $(BUILD)/tools/bench_search.o $(QUERY_O) $(BUILD)/libopcit.a
	$(call say,LD )$(CXX) $(CXXFLAGS) $(LDFLAGS) -o $@ $^ $(call pc,--libs,$(LIB_PC) $(QUERY_PC))
$(BUILD)/bench_fts5: $(BUILD)/tools/bench_fts5.o
	$(call say,LD )$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(call pc,--libs,$(BENCH_PC))
$(BUILD)/generate: $(patsubst %,$(BUILD)/tools/%.o,generate generate_words generate_text generate_kinds)
	$(call say,LD )$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^
$(BUILD)/bench_time: $(BUILD)/tools/bench_time.o
	$(call say,LD )$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^

# What records have in common: tools/dictionary.c says when.
.PHONY: dictionary
dictionary: all $(BUILD)/dictionary ## make lib/records.zdict anew, of the records of corpus/
	rm -rf $(BUILD)/dictionary.db
	./opcit index --quiet --db $(BUILD)/dictionary.db corpus
	$(BUILD)/dictionary $(BUILD)/dictionary.db 8192 >$(BUILD)/records.zdict
	cp $(BUILD)/records.zdict lib/records.zdict
$(BUILD)/dictionary: $(BUILD)/tools/dictionary.o $(BUILD)/libopcit.a
	$(call say,LD )$(CXX) $(CXXFLAGS) $(LDFLAGS) -o $@ $^ $(call pc,--libs,$(LIB_PC))

# How well a search finds: tools/evaluate.c says how to ask.
.PHONY: evaluate
evaluate: $(BUILD)/evaluate
$(BUILD)/evaluate: $(BUILD)/tools/evaluate.o $(BUILD)/libopcit.a
	$(call say,LD )$(CXX) $(CXXFLAGS) $(LDFLAGS) -o $@ $^ $(call pc,--libs,$(LIB_PC) $(QUERY_PC)) -lm

# ---- installation -----------------------------------------------------------------

.PHONY: install
install: $(PROGRAMS) $(COMPLETION) ## install below PREFIX (/usr/local); DESTDIR for packages
	$(INSTALL) -d $(DESTDIR)$(BINDIR) $(DESTDIR)$(LIBEXECDIR) $(DESTDIR)$(DATADIR)/thesaurus \
		$(DESTDIR)$(MANDIR)/man1 $(DESTDIR)$(MANDIR)/man7 $(DESTDIR)$(BASHCOMPDIR) $(DESTDIR)$(ZSHCOMPDIR) $(DESTDIR)$(FISHCOMPDIR)
	$(INSTALL) -m 755 $(BUILD)/opcit $(DESTDIR)$(BINDIR)/
	$(INSTALL) -m 755 $(BUILD)/opcit-index $(BUILD)/opcit-read $(DESTDIR)$(LIBEXECDIR)/
	$(INSTALL) -m 644 $(DATA) $(DESTDIR)$(DATADIR)/
	$(INSTALL) -m 644 $(THESAURUS) $(DESTDIR)$(DATADIR)/thesaurus/
	$(INSTALL) -m 644 $(MAN) $(DESTDIR)$(MANDIR)/man1/
	$(INSTALL) -m 644 $(MAN7) $(DESTDIR)$(MANDIR)/man7/
	$(INSTALL) -m 644 $(BUILD)/completion/opcit.bash $(DESTDIR)$(BASHCOMPDIR)/opcit
	$(INSTALL) -m 644 $(BUILD)/completion/_opcit $(DESTDIR)$(ZSHCOMPDIR)/
	$(INSTALL) -m 644 $(BUILD)/completion/opcit.fish $(DESTDIR)$(FISHCOMPDIR)/

.PHONY: uninstall
uninstall: ## take away what `make install` put there
	rm -f $(DESTDIR)$(BINDIR)/opcit $(DESTDIR)$(LIBEXECDIR)/opcit-index $(DESTDIR)$(LIBEXECDIR)/opcit-read \
		$(addprefix $(DESTDIR)$(DATADIR)/,$(notdir $(DATA))) \
		$(addprefix $(DESTDIR)$(DATADIR)/thesaurus/,$(notdir $(THESAURUS))) \
		$(addprefix $(DESTDIR)$(MANDIR)/man1/,$(notdir $(MAN))) \
		$(addprefix $(DESTDIR)$(MANDIR)/man7/,$(notdir $(MAN7))) \
		$(DESTDIR)$(BASHCOMPDIR)/opcit $(DESTDIR)$(ZSHCOMPDIR)/_opcit $(DESTDIR)$(FISHCOMPDIR)/opcit.fish
	-rmdir $(DESTDIR)$(LIBEXECDIR) $(DESTDIR)$(DATADIR)/thesaurus $(DESTDIR)$(DATADIR) 2>/dev/null

.PHONY: clean
clean: ## remove all that was built
	rm -rf build opcit opcit-index opcit-read

.PHONY: help
help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 22
