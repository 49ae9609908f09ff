/* Texts joined by line feeds, and the words that claims are told by, as `pratique.detect.claims`. */
#ifndef PRATIQUE_PAGE_H
#define PRATIQUE_PAGE_H

#include "native.h"

/* Of a word: a sign for "number", one that joins numbers, a small one, the number of something else. */
enum { SIGN = 1, JOINING = 2, SMALL = 4, OTHER = 8 };
/* Bytes of a listed word, filled up with zeros, and behind them what it is. */
enum { LISTED_SIZE = 23, LISTED = 24 };

typedef struct {
    const void *codes;
    /* Whether a character has four bytes, else one. */
    int wide;
    int64_t length;
    /* The listed words, sorted. */
    const char *words;
    int64_t words_count;
    /* Where characters beyond ASCII stand. */
    const int64_t *far;
    int64_t far_count;
} Page;

static inline uint32_t code_at(const Page *page, int64_t at) {
    return page->wide ? ((const uint32_t *)page->codes)[at] : ((const uint8_t *)page->codes)[at];
}

static inline int is_digit(uint32_t code) { return code >= '0' && code <= '9'; }
static inline int is_capital(uint32_t code) { return code >= 'A' && code <= 'Z'; }
static inline int is_small(uint32_t code) { return code >= 'a' && code <= 'z'; }
static inline int is_letter(uint32_t code) { return is_capital(code) || is_small(code); }
static inline int is_blank(uint32_t code) { return code == ' ' || (code >= 9 && code <= 13) || (code >= 28 && code <= 31); }
static inline uint32_t lowered(uint32_t code) { return is_capital(code) ? code + 32 : code; }

/* Where the first of some ascending places stands that is not before `least`. */
static inline int64_t first_from(const int64_t *places, int64_t count, int64_t least) {
    int64_t first = 0;
    while (count > 0) {
        int64_t half = count / 2;
        if (places[first + half] < least) {
            first += half + 1;
            count -= half + 1;
        } else {
            count = half;
        }
    }
    return first;
}

/* Whether all of `start` to `end` is ASCII. */
static inline int plain(const Page *page, int64_t start, int64_t end) {
    if (page->far_count == 0) return 1;
    int64_t at = first_from(page->far, page->far_count, start);
    return at == page->far_count || page->far[at] >= end;
}

/* Of a page that is ASCII wherever these look: up to two characters before `least`. */
void free_of(const Page *page, int64_t least, int64_t start, int64_t end, int64_t *first, int64_t *last);
int follows_sign(const Page *page, int64_t least, int64_t start);
int has_own(const Page *page, int64_t behind, int64_t most, int64_t start, int64_t end);

/* Characters of the longest match of a pattern (`shapes.exact`) from `start` on and before `limit`; 0: there is none. */
enum { MATCH_UNKNOWN = -1, MATCH_DAMAGED = -2 };
int64_t longest_match(const Page *page, const uint8_t *automaton, int64_t size, int64_t start, int64_t limit);

/* Validators. NO_CHECK: there is none; ASKED: Python is to say. */
enum { NO_CHECK, ASKED, LUHN, CARD, IBAN, DATE, MOMENT, AT_VNR, BG_EGN, CHECKS };
/* UNTOLD: what is left is for Python to say. */
enum { FALSE_, TRUE_, NO_VERDICT, UNTOLD };
/* The verdict of one on ASCII; `lengths`: of IBANs, by the two letters of a country. */
int verdict_of(int check, const Page *page, int64_t start, int64_t end, const uint8_t *lengths);

#endif
