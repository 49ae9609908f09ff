/* Capitalised words of ASCII texts, what the lists of names know of them, and which are names, as `pratique.detect.people`.
 *
 * Runs of words that can be no name are left out: none of their words is listed or ends like a surname, and nothing
 * before, in or behind them could make a name of an unknown word. Of a text in which only the lists speak for names, they
 * are told; one with titles, greetings, labels, addresses of mail or a name that comes again is judged in Python.
 */
#include "marks.h"

/* Of a listed word: of `pratique.detect.names`, and what `pratique.detect.native` adds. */
enum { FAMILY = 4, KINDS = 15, LEADING = 32, LEADS = 64, TITLE = 128, PARTICLE = 256, NO_NAME = 512 };
enum { GIVEN = 1, GIVEN_OR_WORD = 2, FAMILY_OR_WORD = 8, COVERED = 1 << 20 };
enum { LONGEST_RUN = 6, LONGEST_GAP = 20, LEAD_REACH = 24, LONGEST_LISTED = 64, MOST_ENDINGS = 256 };
#define BASIS UINT64_C(14695981039346656037)
/* As `pratique.detect.mailboxes` and `_mailed`. */
enum { LEAST_MAILBOX = 6, LONGEST_MAILBOX = 64, LEAST_MAILED = 4 };
/* As `Context.supports`. */
enum { BEFORE_CHARACTERS = 96, AFTER_CHARACTERS = 40 };

typedef struct {
    uint32_t offset;
    uint16_t size, value;
} Slot;

typedef struct {
    uint64_t mask, pool;
} Head;

typedef struct {
    const Slot *slots;
    const char *pool;
    uint64_t mask, pool_size;
    /* Of surnames. */
    const char *endings[MOST_ENDINGS];
    int64_t sizes[MOST_ENDINGS];
    int endings_count;
    /* Kinds of words that are no names alone. */
    int weak;
    /* Marks of labels of names, as of `words`; the field's name may be one. */
    const uint8_t *marks;
    int by_name;
    /* Names with a lower score are left out. */
    double least;
} Lists;

typedef struct {
    int64_t start, end;
    double score;
} Name;

/* What becomes of one text. */
typedef struct {
    /* Words of runs that can hold a name, and of the others; names; hashes of words that are surely part of one. */
    Buffer lively, idle, names, sure;
    /* Whether Python is to judge. */
    int hard;
} Told;

typedef struct {
    int32_t start, end, kind, run;
    /* Of its letters in lower case. */
    uint64_t hash;
} Word;

static inline int lower(int byte) { return byte >= 'A' && byte <= 'Z' ? byte + 32 : byte; }
static inline int capital(int byte) { return byte >= 'A' && byte <= 'Z'; }
static inline int letter(int byte) { return (byte >= 'a' && byte <= 'z') || capital(byte); }
static inline int wordy(int byte) { return letter(byte) || (byte >= '0' && byte <= '9') || byte == '_'; }
static inline int blank(int byte) { return byte == ' ' || (byte >= 9 && byte <= 13) || (byte >= 28 && byte <= 31); }

static inline int among(const char *these, int byte) { return byte != 0 && strchr(these, byte) != NULL; }

static uint64_t hashed(const char *word, int64_t size) {
    uint64_t hash = BASIS;
    for (int64_t at = 0; at < size; at++) hash = (hash ^ (uint8_t)word[at]) * UINT64_C(1099511628211);
    return hash ^ hash >> 29;
}

/* The hash of a word in lower case; never 0. */
static uint64_t lowered(const char *word, int64_t size) {
    uint64_t hash = BASIS;
    for (int64_t at = 0; at < size; at++) hash = (hash ^ (uint8_t)lower((uint8_t)word[at])) * UINT64_C(1099511628211);
    return hash ? hash : 1;
}

/* What is known of a word, in any case; 0 for one that is not listed. */
static unsigned value_of(const Lists *lists, const char *word, int64_t size) {
    char small[LONGEST_LISTED];
    if (size <= 0 || size > LONGEST_LISTED) return 0;
    for (int64_t at = 0; at < size; at++) small[at] = (char)lower((uint8_t)word[at]);
    uint64_t at = hashed(small, size) & lists->mask;
    for (uint64_t asked = 0; asked <= lists->mask; asked++, at = (at + 1) & lists->mask) {
        const Slot *slot = &lists->slots[at];
        if (slot->size == 0) return 0;
        if (slot->size != size || slot->offset > lists->pool_size || slot->size > lists->pool_size - slot->offset)
            continue;
        if (memcmp(lists->pool + slot->offset, small, (size_t)size) == 0) return slot->value;
    }
    return 0;
}

/* Whether a word ends like a surname. */
static int shaped(const Lists *lists, const char *word, int64_t size) {
    int last = size > 0 ? lower((uint8_t)word[size - 1]) : 0;
    for (int one = 0; one < lists->endings_count; one++) {
        const char *ending = lists->endings[one];
        int64_t length = lists->sizes[one], at = 0;
        if (length > size || ending[length - 1] != last) continue;
        while (at < length && ending[at] == lower((uint8_t)word[size - length + at])) at++;
        if (at == length) return 1;
    }
    return 0;
}

/* Where the capitalised word that begins at `at` ends; -1 where none does. */
static int64_t capitalised(const char *text, int64_t length, int64_t at) {
    if (!capital((uint8_t)text[at])) return -1;
    if (at > 0) {
        int before = (uint8_t)text[at - 1];
        if (wordy(before) || among("@#/\\.'-", before)) {
            int article = before == '\'' && at >= 3 && lower((uint8_t)text[at - 2]) == 'd' &&
                          blank((uint8_t)text[at - 3]);
            if (!article) return -1;
        }
    }
    int64_t end = at + 1, whole = -1;
    while (end < length && letter((uint8_t)text[end])) end++;
    while (end + 1 < length && (text[end] == '\'' || text[end] == '-') && letter((uint8_t)text[end + 1])) {
        whole = end;
        end += 2;
        while (end < length && letter((uint8_t)text[end])) end++;
    }
    return end < length && (wordy((uint8_t)text[end]) || text[end] == '@') ? whole : end;
}

/* What is known of a word and of the parts of one with hyphens. */
static unsigned kind_of(const Lists *lists, const char *word, int64_t size) {
    unsigned kind = value_of(lists, word, size), parts = 0;
    int64_t first = 0;
    for (int64_t at = 0; at <= size; at++) {
        if (at < size && letter((uint8_t)word[at])) continue;
        int whole = first == 0 && at == size;
        parts |= (whole ? kind : value_of(lists, word + first, at - first)) & KINDS;
        first = at + 1;
    }
    kind = (kind & ~(unsigned)KINDS) | parts;
    return kind & FAMILY || !shaped(lists, word, size) ? kind : kind | FAMILY;
}

/* Whether all words of a gap are particles of names. */
static int particles(const Lists *lists, const char *gap, int64_t size) {
    int64_t at = 0, count = 0;
    while (at < size) {
        if (blank((uint8_t)gap[at])) {
            at++;
            continue;
        }
        int64_t first = at;
        while (at < size && !blank((uint8_t)gap[at])) {
            if (gap[at++] == '\'') break;
        }
        int article = at - first == 2 && lower((uint8_t)gap[first]) == 'd' && gap[first + 1] == '\'';
        if (!article && !(value_of(lists, gap + first, at - first) & PARTICLE)) return 0;
        count++;
    }
    return count > 0;
}

/* Whether a word goes on with what the one before it began. */
static int joined(const Lists *lists, const char *text, const Word *before, const Word *word) {
    const char *gap = text + before->end;
    int64_t size = word->start - before->end;
    if (size <= 0 || size > LONGEST_GAP) return 0;
    if (gap[0] == ' ' && (size == 1 || (size == 2 && gap[1] == ' '))) return 1;
    if (gap[0] == '.' && (size == 1 || (size == 2 && gap[1] == ' ')))
        return before->end - before->start == 1 || (before->kind & TITLE);
    if (gap[0] != ' ' || memchr(gap, '\n', (size_t)size) != NULL) return 0;
    return particles(lists, gap, size);
}

/* Whether what stands before `start` may make a name of an unknown word. */
static int led(const Lists *lists, const char *text, int64_t start) {
    int64_t least = start > LEAD_REACH ? start - LEAD_REACH : 0, end = start;
    while (end > least && among(" \t\r\n.:,", text[end - 1])) end--;
    if (end == least) return 0;
    int last = (uint8_t)text[end - 1];
    if (blank(last)) return 1; /* one that only Python's split takes for one */
    /* A title, greeting or label ends in a letter; so does a particle, or in an apostrophe. */
    if (last == '\'') return 1;
    int64_t first = end;
    while (first > least && letter((uint8_t)text[first - 1])) first--;
    unsigned value = value_of(lists, text + first, end - first);
    /* Nothing but one or two spaces stands behind a particle. */
    int beside = start - end < 3 && text[start - 1] == ' ' && text[end] == ' ';
    return (value & LEADING) || ((value & PARTICLE) && beside);
}

/* Whether words behind a run say that somebody was born: as `_BORN`, of which ASCII has these. */
static int born(const char *text, int64_t length, int64_t end) {
    static const char *const WORDS[] = {"born",  "geboren", "geb.",  "nacido", "nacida",   "nato",     "nata",
                                        "nascido", "nascida", "ur.", "urodzony", "urodzona", "syntynyt"};
    if (end < length && text[end] == ',') end++;
    if (end < length && text[end] == ' ') end++;
    if (end < length && text[end] == '(') end++;
    for (size_t at = 0; at < sizeof WORDS / sizeof *WORDS; at++) {
        int64_t size = (int64_t)strlen(WORDS[at]), stop = end + size;
        if (stop > length || memcmp(text + end, WORDS[at], (size_t)size) != 0) continue;
        /* A boundary of words. */
        if (wordy((uint8_t)text[stop - 1]) != (stop < length && wordy((uint8_t)text[stop]))) return 1;
    }
    return 0;
}

/* Whether a run of words can hold a name. */
static int live(const Lists *lists, const char *text, int64_t length, const Word *words, int64_t count) {
    int telling = count > 1 ? KINDS | LEADS : KINDS & ~lists->weak;
    for (int64_t at = 0; at < count; at++) {
        if (words[at].kind & telling) return 1;
    }
    return (count > 1 && born(text, length, words[count - 1].end)) || led(lists, text, words[0].start);
}

/* Whether a word that may be a label of names stands near: as `Context.supports`, but for what it says. */
static int labelled(const uint8_t *marks, const char *text, int64_t length, int64_t start, int64_t end) {
    int64_t first = start > BEFORE_CHARACTERS ? start - BEFORE_CHARACTERS : 0, last = end + AFTER_CHARACTERS;
    if (last > length) last = length;
    for (int64_t at = first; at < last; at++) {
        if (!letter((uint8_t)text[at])) continue;
        int64_t begin = at;
        while (at < last && letter((uint8_t)text[at])) at++;
        if (marked(text, 0, begin, at, marks)) return 1;
    }
    return 0;
}

static int shouted(const char *text, const Word *word) {
    for (int64_t at = word->start; at < word->end; at++) {
        if (text[at] >= 'a' && text[at] <= 'z') return 0;
    }
    return 1;
}

static inline int initial(const Word *word) { return word->end - word->start == 1; }

/* As `_given_first`. */
static int given_first(const char *text, const Word *run, int count, double *score) {
    int size = 1, family = 0, given = 0, plain = 0, unknown = 0, strange = 0, particles_ = 0;
    for (int at = 1; at < count && at < 5; at++) {
        const Word *word = &run[at];
        if ((word->kind & NO_NAME) && !(word->kind & KINDS)) break;
        if (word->kind & PARTICLE) {
            particles_++;
            continue;
        }
        if (word->kind & (FAMILY | GIVEN)) {
            family = 1;
            given |= word->kind & GIVEN;
        } else if (word->kind & (FAMILY_OR_WORD | GIVEN_OR_WORD)) {
            if (plain && !family) break;
            plain = 1;
        } else if (!initial(word)) {
            if (strange == 2 || shouted(text, word)) break;
            unknown = 1;
            strange++;
        }
        size += particles_ + 1;
        particles_ = 0;
    }
    if (size == 1) {
        double alone = shouted(text, run) && run->end - run->start <= 4 ? 0.45 : 0.55;
        *score = run->kind & GIVEN ? alone : 0.25;
        return 1;
    }
    if ((run->kind & GIVEN) || given) {
        *score = family ? 0.85 : plain ? 0.75 : 0.7;
        return size;
    }
    if (family) {
        *score = 0.65;
        return size;
    }
    *score = unknown ? 0.25 : 0.35;
    return unknown ? 1 : size;
}

/* As `_unlisted_first`. */
static int unlisted_first(const Lists *lists, const char *text, const Word *run, int count, double *score) {
    *score = 0.7;
    if (initial(run)) {
        for (int at = 1; at < count && at < 3; at++) {
            if ((run[at].kind & FAMILY) && !initial(&run[at])) return at + 1;
        }
        return 0;
    }
    if (run->kind & (FAMILY | FAMILY_OR_WORD)) {
        if ((run->kind & FAMILY) && count > 1 && (run[1].kind & GIVEN)) return 2;
        *score = run->kind & FAMILY ? 0.35 : 0.2;
        return 1;
    }
    *score = 0.55;
    return count > 1 && shaped(lists, text + run[1].start, run[1].end - run[1].start) && !shouted(text, &run[1]) ? 2 : 0;
}

/* Add the names of one run, as `_judge` of one that nothing leads to; 0 where there is no memory. */
static int judged(const Lists *lists, const char *text, int64_t length, Word *run, int count, Told *told) {
    if (led(lists, text, run[0].start)) told->hard = 1;
    if (count == 1 && !(run[0].kind & KINDS)) return 1;
    for (int at = 0; at < count && !told->hard;) {
        Word *word = &run[at];
        double score = 0;
        int size = 0;
        if (word->kind & LEADS) {
            told->hard = 1;
            break;
        }
        if (word->kind & NO_NAME) {
            size = 0;
        } else if (at == 0 && count > 1 && count <= 4 && born(text, length, run[count - 1].end)) {
            size = count;
            score = 0.65;
        } else if (word->kind & (GIVEN | GIVEN_OR_WORD)) {
            size = given_first(text, word, count - at, &score);
        } else {
            size = unlisted_first(lists, text, word, count - at, &score);
        }
        if (size == 1 && word->start > 1 && text[word->start - 1] == ' ' && text[word->start - 2] >= '0' &&
            text[word->start - 2] <= '9')
            score = 0;
        if (size && score > 0) {
            int64_t start = word->start, end = run[at + size - 1].end;
            if (score >= 0.65 && size > 1) {
                for (int one = at; one < at + size; one++) {
                    int64_t its = run[one].end - run[one].start;
                    if (its < 3 || (run[one].kind & PARTICLE)) continue;
                    uint64_t *hash = more(&told->sure, sizeof(uint64_t));
                    if (hash == NULL) return 0;
                    *hash = lowered(text + run[one].start, its);
                }
            }
            if (score >= 0.35 && score < 0.6) {
                if (lists->by_name) score = 0.65;
                else if (labelled(lists->marks, text, length, start, end)) told->hard = 1;
            }
            for (int one = at; score >= 0.5 && one < at + size; one++) run[one].kind |= COVERED;
            if (score >= lists->least) {
                Name *name = more(&told->names, sizeof(Name));
                if (name == NULL) return 0;
                *name = (Name){start, end, score};
            }
        }
        at += size > 1 ? size : 1;
    }
    return 1;
}

/* Add a hash to a table of hashes of `mask` + 1 places, or tell whether it is there. */
static int found_in(uint64_t *table, uint64_t mask, uint64_t hash, int added) {
    uint64_t at = hash & mask;
    for (; table[at]; at = (at + 1) & mask) {
        if (table[at] == hash) return 1;
    }
    if (added) table[at] = hash;
    return 0;
}

/* A table of the hashes of a buffer; NULL where there is no memory. */
static uint64_t *tabled(const Buffer *hashes, uint64_t *mask) {
    uint64_t count = hashes->used / sizeof(uint64_t);
    *mask = 15;
    while (*mask < 2 * count) *mask = 2 * *mask + 1;
    uint64_t *table = calloc(*mask + 1, sizeof(uint64_t));
    for (uint64_t at = 0; table != NULL && at < count; at++)
        found_in(table, *mask, ((const uint64_t *)hashes->data)[at], 1);
    return table;
}

/* Whether a word that is surely part of a name stands where none was found; 0 where there is no memory. */
static int again(Told *told) {
    if (told->hard || told->sure.used == 0) return 1;
    uint64_t mask, *table = tabled(&told->sure, &mask);
    if (table == NULL) return 0;
    const Buffer *both[2] = {&told->lively, &told->idle};
    for (int one = 0; one < 2; one++) {
        const Word *words = (const Word *)both[one]->data;
        for (size_t at = 0; at < both[one]->used / sizeof(Word) && !told->hard; at++)
            told->hard = !(words[at].kind & COVERED) && found_in(table, mask, words[at].hash, 0);
    }
    free(table);
    return 1;
}

/* Go on with the hash of letters, as they are written in an address of mail; how many there are. */
static int64_t spelt(const char *text, int64_t start, int64_t end, uint64_t *hash) {
    int64_t count = 0;
    for (int64_t at = start; at < end; at++) {
        int byte = lower((uint8_t)text[at]);
        if (byte < 'a' || byte > 'z') continue;
        *hash = (*hash ^ (uint8_t)byte) * UINT64_C(1099511628211);
        count++;
    }
    return count;
}

static inline int mailbox(int byte) { return wordy(byte) || byte == '.' || byte == '+' || byte == '-'; }

/* Whether an address of mail may spell a name of a run, as `_mailed`: then Python is to judge. */
static int mails(const char *text, int64_t length, Told *told) {
    Buffer said = {0};
    for (int64_t at = 0; at < length; at++) {
        const char *next = memchr(text + at, '@', (size_t)(length - at));
        if (next == NULL) break;
        at = next - text;
        int64_t first = at;
        while (first > 0 && at - first < LONGEST_MAILBOX && mailbox((uint8_t)text[first - 1])) first--;
        if (at - first < LEAST_MAILBOX) continue;
        uint64_t *hash = more(&said, sizeof(uint64_t));
        if (hash == NULL) {
            free(said.data);
            return 0;
        }
        *hash = BASIS;
        spelt(text, first, at, hash);
        if (*hash == 0) *hash = 1;
    }
    uint64_t mask, *table = said.used ? tabled(&said, &mask) : NULL;
    int enough = said.used == 0 || table != NULL;
    const Word *words = (const Word *)told->lively.data;
    size_t count = told->lively.used / sizeof(Word);
    for (size_t at = 0; table != NULL && at + 1 < count && !told->hard; at++) {
        uint64_t whole = BASIS, short_ = BASIS, rest = BASIS;
        int64_t letters = spelt(text, words[at].start, words[at].end, &whole);
        int64_t one = words[at].start, size = 0;
        while (one < words[at].end && !spelt(text, one, one + 1, &short_)) one++;
        for (size_t end = at + 1; letters && end < count && end < at + 4 && words[end].run == words[at].run; end++) {
            spelt(text, words[end].start, words[end].end, &whole);
            spelt(text, words[end].start, words[end].end, &short_);
            size += spelt(text, words[end].start, words[end].end, &rest);
            if (size < LEAST_MAILED) continue;
            if (found_in(table, mask, whole ? whole : 1, 0) || found_in(table, mask, short_ ? short_ : 1, 0) ||
                found_in(table, mask, rest ? rest : 1, 0))
                told->hard = 1;
        }
    }
    free(table);
    free(said.data);
    return enough;
}

/* Give the words as Python wants them. */
static void plain(Buffer *words) {
    const Word *these = (const Word *)words->data;
    int32_t *rows = (int32_t *)words->data;
    size_t count = words->used / sizeof(Word);
    for (size_t at = 0; at < count; at++) {
        Word word = these[at];
        rows[4 * at] = word.start;
        rows[4 * at + 1] = word.end;
        rows[4 * at + 2] = word.kind & KINDS;
        rows[4 * at + 3] = word.run;
    }
    words->used = count * 4 * sizeof(int32_t);
}

/* The words of all runs: of those that can hold a name, and of the others, which can if another one does; and the names,
 * unless Python is to judge. Where there is an e-mail address, runs of several words can hold one: it may spell them.
 */
static int read_names(const Lists *lists, const char *text, int64_t length, Told *told) {
    int mailed = memchr(text, '@', (size_t)length) != NULL;
    Word run[LONGEST_RUN];
    int64_t count = 0;
    int32_t number = 0;
    for (int64_t at = 0; at <= length; at++) {
        Word word = {0};
        int64_t end = -1;
        if (at < length) {
            end = capitalised(text, length, at);
            if (end < 0) continue;
            int64_t stop = end - at > 2 && text[end - 2] == '\'' && text[end - 1] == 's' ? end - 2 : end;
            word = (Word){(int32_t)at, (int32_t)stop, (int32_t)kind_of(lists, text + at, stop - at), 0,
                          lowered(text + at, stop - at)};
        }
        if (count && (end < 0 || count == LONGEST_RUN || !joined(lists, text, &run[count - 1], &word))) {
            int can = (mailed && count > 1) || live(lists, text, length, run, count);
            if (can && !judged(lists, text, length, run, (int)count, told)) return 0;
            for (int64_t one = 0; one < count; one++) run[one].run = number;
            void *room = more(can ? &told->lively : &told->idle, (size_t)count * sizeof(Word));
            if (room == NULL) return 0;
            memcpy(room, run, (size_t)count * sizeof(Word));
            number++;
            count = 0;
        }
        if (end < 0) break;
        run[count++] = word;
        at = end - 1;
    }
    if (mailed && !told->hard && !mails(text, length, told)) return 0;
    return again(told);
}

static int ready(Lists *lists, const Py_buffer *listed, const Py_buffer *endings) {
    if ((size_t)listed->len < sizeof(Head) || (uintptr_t)listed->buf % 8) return 0;
    const Head *head = listed->buf;
    uint64_t size = (uint64_t)listed->len;
    if (head->mask >= size / sizeof(Slot) || head->pool != sizeof(Head) + (head->mask + 1) * sizeof(Slot)) return 0;
    if (head->pool > size) return 0;
    *lists = (Lists){.slots = (const Slot *)(head + 1), .pool = (const char *)listed->buf + head->pool,
                     .mask = head->mask, .pool_size = size - head->pool};
    const char *ending = endings->buf, *last = ending + endings->len;
    while (ending < last) {
        const char *stop = memchr(ending, '\n', (size_t)(last - ending));
        if (stop == NULL) stop = last;
        if (stop > ending) {
            if (lists->endings_count == MOST_ENDINGS) return 0;
            lists->endings[lists->endings_count] = ending;
            lists->sizes[lists->endings_count++] = stop - ending;
        }
        ending = stop + 1;
    }
    return 1;
}

/* What is told of one text: NULL with no error, where there are no names. */
static PyObject *item_of(const Lists *lists, Py_ssize_t number, const char *text, Py_ssize_t length) {
    Told told = {0};
    PyObject *item = NULL;
    int enough;
    Py_BEGIN_ALLOW_THREADS
    enough = read_names(lists, text, length, &told);
    Py_END_ALLOW_THREADS
    if (!enough) {
        PyErr_NoMemory();
    } else if (told.hard && told.lively.used) {
        plain(&told.lively);
        plain(&told.idle);
        PyObject *a = taken(&told.lively), *b = taken(&told.idle);
        if (a != NULL && b != NULL) item = Py_BuildValue("nOOO", number, Py_None, a, b);
        Py_XDECREF(a);
        Py_XDECREF(b);
    } else if (!told.hard && told.names.used) {
        const Name *names = (const Name *)told.names.data;
        Py_ssize_t count = (Py_ssize_t)(told.names.used / sizeof(Name));
        PyObject *list = PyList_New(0);
        for (Py_ssize_t at = 0; list != NULL && at < count; at++) {
            PyObject *name = Py_BuildValue("LLd", (long long)names[at].start, (long long)names[at].end, names[at].score);
            if (name == NULL || PyList_Append(list, name) < 0) Py_CLEAR(list);
            Py_XDECREF(name);
        }
        if (list != NULL) item = Py_BuildValue("nNOO", number, list, Py_None, Py_None);
    }
    free(told.lively.data);
    free(told.idle.data);
    free(told.names.data);
    free(told.sure.data);
    return item;
}

/* names(texts, listed, endings, marks, weak, least, by_name) -> [(number, names, live, idle)]
 *
 * Of a list of texts those in which there may be names. names: start, end and score of each; None where Python is to
 * judge: live ones, as int32, start, end, kind and number of the run of each word in runs that can hold a name; idle ones
 * of all others, which are names only if another run says so. All three None for a text that is not ASCII. listed: of
 * `listed`, and bits as above. endings: of surnames, lines of ASCII. marks: of words that are labels of names. weak: kinds
 * of words that are no names alone. least: of a score. by_name: whether the field's name speaks for names.
 */
PyObject *native_names(PyObject *module, PyObject *args) {
    (void)module;
    PyObject *texts, *result = NULL;
    Py_buffer listed, endings, marks;
    int weak, by_name;
    double least;
    if (!PyArg_ParseTuple(args, "Oy*y*y*idp", &texts, &listed, &endings, &marks, &weak, &least, &by_name)) return NULL;
    Lists lists;
    if (!PyList_Check(texts) || !ready(&lists, &listed, &endings) || marks.len != 1 << MARK_BITS) {
        PyErr_SetString(PyExc_ValueError, "arrays that do not fit together");
        goto end;
    }
    lists.weak = weak;
    lists.marks = marks.buf;
    lists.by_name = by_name;
    lists.least = least;
    result = PyList_New(0);
    for (Py_ssize_t at = 0; result != NULL && at < PyList_Size(texts); at++) {
        PyObject *text = PyList_GetItem(texts, at), *item = NULL;
        Py_ssize_t length = 0;
        Py_XINCREF(text);
        const char *data = text != NULL ? PyUnicode_AsUTF8AndSize(text, &length) : NULL;
        if (data != NULL && (length != PyUnicode_GetLength(text) || length > INT32_MAX / 2)) {
            item = Py_BuildValue("nOOO", at, Py_None, Py_None, Py_None);
        } else if (data != NULL) {
            item = item_of(&lists, at, data, length);
        }
        int failed = item == NULL ? PyErr_Occurred() != NULL : PyList_Append(result, item) < 0;
        Py_XDECREF(item);
        Py_XDECREF(text);
        if (failed) Py_CLEAR(result);
    }
end:
    PyBuffer_Release(&listed);
    PyBuffer_Release(&endings);
    PyBuffer_Release(&marks);
    return result;
}

/* labelled(text, start, end, marks) -> bool: whether a word with a mark stands near text[start:end], of ASCII. */
PyObject *native_labelled(PyObject *module, PyObject *args) {
    (void)module;
    const char *text;
    Py_ssize_t length, start, end;
    Py_buffer marks;
    if (!PyArg_ParseTuple(args, "s#nny*", &text, &length, &start, &end, &marks)) return NULL;
    PyObject *result = NULL;
    if (marks.len != 1 << MARK_BITS || start < 0 || start > end || end > length)
        PyErr_SetString(PyExc_ValueError, "arrays that do not fit together");
    else
        result = PyBool_FromLong(labelled(marks.buf, text, length, start, end));
    PyBuffer_Release(&marks);
    return result;
}

/* listed(words, values) -> bytes: a table of words (lines of ASCII in lower case) and their values (uint16 each). */
PyObject *native_listed(PyObject *module, PyObject *args) {
    (void)module;
    Py_buffer words, values;
    if (!PyArg_ParseTuple(args, "y*y*", &words, &values)) return NULL;
    PyObject *result = NULL;
    uint64_t count = (uint64_t)values.len / 2, mask = 15;
    while (mask < 2 * count) mask = 2 * mask + 1;
    size_t size = sizeof(Head) + (mask + 1) * sizeof(Slot) + (size_t)words.len;
    char *table = calloc(1, size);
    if (table == NULL || !holds(&values, 2) || (uint64_t)words.len > UINT32_MAX) {
        if (table == NULL) PyErr_NoMemory();
        else PyErr_SetString(PyExc_ValueError, "arrays that do not fit together");
        goto end;
    }
    Head *head = (Head *)table;
    *head = (Head){mask, sizeof(Head) + (mask + 1) * sizeof(Slot)};
    Slot *slots = (Slot *)(head + 1);
    const char *first = words.buf, *last = first + words.len;
    memcpy(table + head->pool, first, (size_t)words.len);
    for (uint64_t number = 0; number < count && first < last; number++) {
        const char *stop = memchr(first, '\n', (size_t)(last - first));
        if (stop == NULL) stop = last;
        int64_t length = stop - first;
        if (length > 0 && length <= LONGEST_LISTED) {
            uint64_t at = hashed(first, length) & mask;
            while (slots[at].size) at = (at + 1) & mask;
            slots[at] = (Slot){(uint32_t)(first - (const char *)words.buf), (uint16_t)length,
                               ((const uint16_t *)values.buf)[number]};
        }
        first = stop + 1;
    }
    result = PyBytes_FromStringAndSize(table, (Py_ssize_t)size);
end:
    free(table);
    PyBuffer_Release(&words);
    PyBuffer_Release(&values);
    return result;
}
