/* The validators that judge most candidates, of ASCII: as those of the same names in `pratique.detect`. */
#include "page.h"

enum { MOST_DIGITS = 40, LONGEST_IBAN = 34 };

/* The digits of a part, in order, as values; how many there are, or -1 for more than there is room for. */
static int digits_of(const Page *page, int64_t start, int64_t end, uint8_t *digits) {
    int count = 0;
    for (int64_t at = start; at < end; at++) {
        uint32_t code = code_at(page, at);
        if (!is_digit(code)) continue;
        if (count == MOST_DIGITS) return -1;
        digits[count++] = (uint8_t)(code - '0');
    }
    return count;
}

static int luhn(const uint8_t *digits, int count) {
    int sum = 0;
    for (int at = 0; at < count; at++) {
        int digit = digits[count - 1 - at] * (1 + at % 2);
        sum += digit > 9 ? digit - 9 : digit;
    }
    return count > 0 && sum % 10 == 0;
}

/* As `_issuer`. */
static int issued(const uint8_t *digits, int count) {
    int two = digits[0] * 10 + digits[1], three = two * 10 + digits[2], four = three * 10 + digits[3];
    if (digits[0] == 4) return count == 13 || count == 16 || count == 19;
    if (digits[0] == 1) return count == 15;
    if ((two >= 51 && two <= 55) || (four >= 2221 && four <= 2720)) return count == 16;
    if (two == 34 || two == 37) return count == 15;
    if (two == 36 || two == 38 || two == 39 || (three >= 300 && three <= 305))
        return count == 14 || count == 16 || count == 19;
    if (four == 6011 || two == 62 || two == 64 || two == 65 || two == 81 || (four >= 3528 && four <= 3589))
        return count >= 16 && count <= 19;
    int other = two == 50 || (two >= 56 && two <= 58) || two == 60 || two == 63 || two == 67;
    return other && count >= 12 && count <= 19;
}

static int card(const uint8_t *digits, int count) {
    int same = 1;
    for (int at = 1; at < count; at++) same = same && digits[at] == digits[0];
    if (same || !luhn(digits, count)) return FALSE_;
    return count >= 4 && issued(digits, count) ? TRUE_ : NO_VERDICT;
}

static int iban(const Page *page, int64_t start, int64_t end, const uint8_t *lengths) {
    uint32_t number[LONGEST_IBAN];
    int count = 0, rest = 0;
    for (int64_t at = start; at < end; at++) {
        uint32_t code = code_at(page, at);
        if (code == ' ' || code == '-') continue;
        if (is_small(code)) code -= 32;
        if (count == LONGEST_IBAN || !(is_capital(code) || is_digit(code))) return FALSE_;
        number[count++] = code;
    }
    if (count < 4 || !is_capital(number[0]) || !is_capital(number[1])) return FALSE_;
    if (lengths[(number[0] - 'A') * 26 + number[1] - 'A'] != count) return FALSE_;
    for (int at = 0; at < count; at++) {
        uint32_t code = number[(at + 4) % count];
        rest = is_digit(code) ? (rest * 10 + (int)(code - '0')) % 97 : (rest * 100 + (int)(code - 'A' + 10)) % 97;
    }
    return rest == 1 ? TRUE_ : FALSE_;
}

static int fits(int64_t day, int64_t month) {
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1];
}

/* As `plausible_date`. */
static int date(const Page *page, int64_t start, int64_t end) {
    enum { LETTERLESS = 10, LONGEST_NUMBER = 20, FAR_YEAR = 100000 };
    int64_t numbers[3], sizes[3] = {0}, count = 0;
    if (start < end && is_letter(code_at(page, start))) return NO_VERDICT;
    for (int64_t at = start; at < end && at < start + LETTERLESS; at++) {
        uint32_t code = code_at(page, at);
        if (is_letter(code) && code != 'T') return NO_VERDICT;
    }
    for (int64_t at = start; at < end && count < 3; at++) {
        if (!is_digit(code_at(page, at))) continue;
        int64_t first = at, number = 0;
        while (at < end && at - first < LONGEST_NUMBER && is_digit(code_at(page, at))) {
            if (number < FAR_YEAR) number = number * 10 + (code_at(page, at) - '0');
            at++;
        }
        if (count == 0 && (at - first == 8 || at - first == 14)) {
            int64_t four[4];
            for (int one = 0; one < 4; one++) four[one] = code_at(page, first + 4 + one) - '0';
            return fits(four[2] * 10 + four[3], four[0] * 10 + four[1]) ? TRUE_ : FALSE_;
        }
        sizes[count] = at - first;
        numbers[count++] = number;
        at--;
    }
    if (count < 3) return FALSE_;
    if (sizes[0] == 4) return fits(numbers[2], numbers[1]) ? TRUE_ : FALSE_;
    return fits(numbers[0], numbers[1]) || fits(numbers[1], numbers[0]) ? TRUE_ : FALSE_;
}

/* Whether a time to the second stands there. */
static int seconds(const Page *page, int64_t start, int64_t end) {
    static const char form[] = ":00:00";
    for (int64_t at = start; at + 6 <= end; at++) {
        int one = 0;
        while (one < 6 && (form[one] == ':' ? code_at(page, at + one) == ':' : is_digit(code_at(page, at + one)))) one++;
        if (one == 6) return 1;
    }
    return 0;
}

static int weighted(const uint8_t *digits, const int *weights, int count) {
    int sum = 0;
    for (int at = 0; at < count; at++) sum += digits[at] * weights[at];
    return sum;
}

/* As `_social_security` of Austria. */
static int at_vnr(const uint8_t *digits, int count) {
    static const int weights[10] = {3, 7, 9, -1, 5, 8, 4, 2, 1, 6};
    if (count != 10 || digits[0] == 0) return FALSE_;
    int day = digits[4] * 10 + digits[5], month = digits[6] * 10 + digits[7];
    if (day < 1 || day > 31 || month < 1 || month > 15 || weighted(digits, weights, 10) % 11) return FALSE_;
    return month <= 12 ? TRUE_ : NO_VERDICT;
}

/* As `_egn` of Bulgaria, but for what python-stdnum says. */
static int bg_egn(const uint8_t *digits, int count) {
    static const int weights[10] = {2, 4, 8, 5, 10, 9, 7, 3, 6, -1};
    if (count != 10) return FALSE_;
    int year = digits[0] * 10 + digits[1], month = digits[2] * 10 + digits[3];
    if (!((month >= 1 && month <= 12) || (month > 40 && month <= 52 && year < 50))) return FALSE_;
    int rest = (weighted(digits, weights, 10) + 11) % 11;
    return rest == 0 || rest == 10 ? UNTOLD : FALSE_;
}

int verdict_of(int check, const Page *page, int64_t start, int64_t end, const uint8_t *lengths) {
    uint8_t digits[MOST_DIGITS];
    int count, told;
    switch (check) {
    case IBAN:
        return iban(page, start, end, lengths);
    case DATE:
        return date(page, start, end);
    case MOMENT:
        told = date(page, start, end);
        return told == TRUE_ && seconds(page, start, end) ? NO_VERDICT : told;
    default:
        count = digits_of(page, start, end, digits);
        if (count < 0) return FALSE_;
        if (check == CARD) return card(digits, count);
        if (check == AT_VNR) return at_vnr(digits, count);
        if (check == BG_EGN) return bg_egn(digits, count);
        return luhn(digits, count) ? TRUE_ : FALSE_;
    }
}
