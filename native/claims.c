/* Whose label a label is, as `pratique.detect.claims`, where all around is ASCII. */
#include "page.h"

enum { LEAST_DIGITS = 4, LEAST_LETTERED = 3, OWN_WORDS = 2, OWN_REACH = 40, SIGN_REACH = 24, SIGN_GAP = 3 };
enum { LONGEST_SMALL = 2, LONGEST_BRACKETS = 40, MOST_NUMBERS = 128 };

typedef struct {
    int64_t first, last;
} Part;

static inline int among(const char *these, uint32_t code) { return code != 0 && code < 128 && strchr(these, (int)code) != NULL; }
/* What parts tokens. */
static inline int parting(uint32_t code) { return is_blank(code) || among(",;()|", code); }
static inline int wordy(uint32_t code) { return is_letter(code) || is_digit(code) || code == '_'; }

/* What is known of a word, in any case. */
static unsigned known_of(const Page *page, int64_t start, int64_t end) {
    char word[LISTED_SIZE] = {0};
    if (end <= start || end - start > LISTED_SIZE) return 0;
    for (int64_t at = start; at < end; at++) word[at - start] = (char)lowered(code_at(page, at));
    int64_t first = 0, count = page->words_count;
    while (count > 0) {
        int64_t half = count / 2;
        const char *one = page->words + (first + half) * LISTED;
        int order = memcmp(one, word, LISTED_SIZE);
        if (order == 0) return (uint8_t)one[LISTED_SIZE];
        if (order < 0) {
            first += half + 1;
            count -= half + 1;
        } else {
            count = half;
        }
    }
    return 0;
}

/* As `other_number`: -1 where there is none. */
static int64_t other_number(const Page *page, int64_t least, int64_t start) {
    int64_t end = start;
    while (end > least) {
        int64_t begin = end - SIGN_REACH > least ? end - SIGN_REACH : least, stop = end;
        while (stop > begin && is_blank(code_at(page, stop - 1))) stop--;
        if (stop == begin) return -1;
        end = stop - 1;
        while (end > begin && !is_blank(code_at(page, end - 1))) end--;
        if (among(";,", code_at(page, stop - 1))) return -1;
        int64_t first = end, last = stop;
        while (first < last && among(".,:;=#()[]", code_at(page, first))) first++;
        while (last > first && among(".,:;=#()[]", code_at(page, last - 1))) last--;
        if (first == last) continue;
        unsigned known = known_of(page, first, last);
        if (known & (SIGN | SMALL)) continue;
        int letters = 1;
        for (int64_t at = first; at < last && letters; at++) letters = is_letter(code_at(page, at));
        if (last - first > LONGEST_SMALL || !letters || known & OTHER) return known & OTHER ? end : -1;
    }
    return -1;
}

/* How many digits stand from `at` on. */
static int64_t digits_from(const Page *page, int64_t at, int64_t end) {
    int64_t first = at;
    while (at < end && is_digit(code_at(page, at))) at++;
    return at - first;
}

/* Whether `start` to `end`, in which no blank counts, is a date or a year. */
static int is_date(const Page *page, int64_t start, int64_t end) {
    enum { LONGEST = 10 };
    char text[LONGEST + 1];
    int64_t size = 0;
    for (int64_t at = start; at < end; at++) {
        uint32_t code = code_at(page, at);
        if (code == ' ') continue;
        if (size == LONGEST || code > 127) return 0;
        text[size++] = (char)code;
    }
    text[size] = 0;
    Page own = {.codes = text, .length = size};
    int64_t a = digits_from(&own, 0, size);
    if (a == size) return size == 4 && (memcmp(text, "19", 2) == 0 || memcmp(text, "20", 2) == 0);
    char mark = text[a];
    if (!among(".-/", (uint8_t)mark)) return 0;
    int64_t b = digits_from(&own, a + 1, size), second = a + 1;
    if (second + b >= size || text[second + b] != mark) return 0;
    int64_t third = second + b + 1, c = digits_from(&own, third, size);
    if (third + c != size || !(b == 1 || (b == 2 && text[second] <= '1'))) return 0;
    int before = (a == 1 || (a == 2 && text[0] <= '3')) && (c == 4 || c == 2);
    return before || (a == 4 && (text[0] == '1' || text[0] == '2') && (c == 1 || (c == 2 && text[third] <= '3')));
}

/* As `_is_number`. */
static int is_number(const Page *page, int64_t first, int64_t last) {
    if (last - first < LEAST_LETTERED) return 0;
    int64_t end = last, digits = 0, begin = first;
    while (end > first && among(".:,; ", code_at(page, end - 1))) end--;
    for (int64_t at = first; at < end; at++) digits += is_digit(code_at(page, at));
    if (digits < LEAST_LETTERED || is_date(page, first, end)) return 0;
    if (digits >= LEAST_DIGITS) return 1;
    while (begin < end && code_at(page, begin) == ' ') begin++;
    if (is_capital(code_at(page, begin))) return 1;
    if (first >= 1 && is_capital(code_at(page, first - 1))) return 1;
    return first >= 2 && is_capital(code_at(page, first - 2)) && among(" -", code_at(page, first - 1));
}

/* As `_numbers`, in order. A window of 96 characters has fewer than there is room for. */
static int64_t numbers_in(const Page *page, int64_t least, int64_t start, Part *found) {
    int64_t count = 0, kept = 0;
    for (int64_t at = least; at < start; at++) {
        if (parting(code_at(page, at))) continue;
        int64_t first = at, digit = 0;
        for (; at < start && !parting(code_at(page, at)); at++) digit |= is_digit(code_at(page, at));
        if (!digit || count == MOST_NUMBERS) continue;
        if (count && found[count - 1].last == first - 1 && code_at(page, first - 1) == ' ') found[count - 1].last = at;
        else found[count++] = (Part){first, at};
    }
    for (int64_t one = 0; one < count; one++) {
        if (is_number(page, found[one].first, found[one].last)) found[kept++] = found[one];
    }
    return kept;
}

/* As `_IN_BRACKETS`, from `at` on: where it ends, or `at`. */
static int64_t bracketed(const Page *page, int64_t at, int64_t end) {
    int64_t open = at < end && is_blank(code_at(page, at)) ? at + 1 : at;
    if (open >= end || code_at(page, open) != '(') return at;
    int64_t close = open + 1;
    while (close < end && close - open <= LONGEST_BRACKETS && !among("()\n", code_at(page, close))) close++;
    return close > open + 1 && close < end && code_at(page, close) == ')' ? close + 1 : at;
}

static int same_form(const Page *page, Part one, Part other) {
    int64_t forms[2][2] = {{0}};
    const Part both[2] = {one, other};
    for (int which = 0; which < 2; which++) {
        for (int64_t at = both[which].first; at < both[which].last; at++) {
            forms[which][0] += is_digit(code_at(page, at));
            forms[which][1] += is_letter(code_at(page, at));
        }
    }
    return forms[0][0] == forms[1][0] && forms[0][1] == forms[1][1];
}

/* Whether words stand between a number and the candidate that are no signs and join nothing; `named`: as `_named`. */
static int worded(const Page *page, int64_t start, int64_t end, int *named) {
    int words = 0;
    *named = 1;
    for (int64_t at = start; at < end; at++) {
        if (among(".:#", code_at(page, at))) *named = 0;
        if (!is_letter(code_at(page, at))) continue;
        int64_t first = at;
        while (at < end && is_letter(code_at(page, at))) at++;
        if (!(known_of(page, first, at) & (JOINING | SIGN))) {
            words = 1;
            if (!is_capital(code_at(page, first))) *named = 0;
            for (int64_t one = first + 1; one < at; one++) {
                if (!is_small(code_at(page, one))) *named = 0;
            }
        }
        at--;
    }
    return words;
}

void free_of(const Page *page, int64_t least, int64_t start, int64_t end, int64_t *first, int64_t *last) {
    Part numbers[MOST_NUMBERS];
    int64_t other = other_number(page, least, start);
    *last = start;
    if (other >= 0) {
        *first = other;
        for (int64_t at = other; at < start; at++) {
            if (is_blank(code_at(page, at))) {
                *last = at;
                return;
            }
        }
        return;
    }
    for (int64_t one = numbers_in(page, least, start, numbers) - 1; one >= 0; one--) {
        Part number = numbers[one];
        int64_t after = bracketed(page, number.last, start);
        *first = after;
        if (after != number.last) return;
        int named, words = worded(page, number.last, start, &named);
        if (words && !(named && same_form(page, number, (Part){start, end}))) return;
        int torn = 0, label = 0;
        for (int64_t at = number.last; at < start && !torn; at++) torn = code_at(page, at) == '\n';
        int64_t line = number.first;
        while (line > least && code_at(page, line - 1) != '\n') line--;
        for (int64_t at = line; torn && at < number.first && !label; at++) label = is_letter(code_at(page, at));
        if (label) return;
    }
    *first = least;
}

int follows_sign(const Page *page, int64_t least, int64_t start) {
    if (least < start - SIGN_REACH) least = start - SIGN_REACH;
    int64_t end = start;
    while (end > least && !wordy(code_at(page, end - 1))) {
        if (end == start - SIGN_GAP) return 0;
        end--;
    }
    int64_t first = end;
    while (first > least && wordy(code_at(page, first - 1))) first--;
    return (known_of(page, first, end) & SIGN) && (first == 0 || !wordy(code_at(page, first - 1)));
}

int has_own(const Page *page, int64_t behind, int64_t most, int64_t start, int64_t end) {
    int64_t words = 0, digits = 0;
    if (most > end + OWN_REACH) most = end + OWN_REACH;
    for (int64_t at = end; at < most; at++) {
        if (parting(code_at(page, at))) continue;
        int64_t first = at, its = 0;
        for (; at < most && !parting(code_at(page, at)); at++) its += is_digit(code_at(page, at));
        int64_t begin = first, stop = at;
        if (its) {
            while (begin < stop && among(".:,;", code_at(page, begin))) begin++;
            while (stop > begin && among(".:,;", code_at(page, stop - 1))) stop--;
            if (is_date(page, begin, stop)) return 0;
            digits += its;
            if (digits < LEAST_LETTERED) continue;
            int open = 0, close = 0;
            for (int64_t one = behind; one < start && !open; one++) open = code_at(page, one) == '(';
            for (int64_t one = end; one < first && !close; one++) close = code_at(page, one) == ')';
            return !(open && close);
        }
        if (digits) return 0;
        for (int64_t one = first; one < stop; one++) {
            if (!is_letter(code_at(page, one))) continue;
            int64_t word = one;
            while (one < stop && is_letter(code_at(page, one))) one++;
            words += !(known_of(page, word, one) & SIGN);
        }
        if (words > OWN_WORDS) return 0;
    }
    return 0;
}
