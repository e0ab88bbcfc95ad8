//! Amounts of money: fen in `i64`, rates in 10⁻⁴ yuan, quantities in thousandths.
//!
//! Products are taken in `i128` and rounded half up *once* per bill line, so that a bill adds up to what stands on it.

use crate::code_enum;

use super::Text;

/// Ten-thousandths of a yuan times thousandths of a unit, for one fen: 10⁴ · 10³ / 10².
const PER_FEN: i128 = 100_000;

code_enum! {
    /// Why an amount cannot be computed.
    pub enum MoneyError {
        /// It is beyond what an account can hold.
        Overflow = "overflow",
        /// The text is not an amount in yuan with at most two decimals.
        Unreadable = "unreadable",
    }
}

/// `rate × quantity` in fen, rounded half up (a negative amount away from it: −0.5 fen is 0).
///
/// # Errors
/// [`MoneyError::Overflow`] beyond `i64`.
pub fn line_fen(rate_e4: i64, quantity_e3: i64) -> Result<i64, MoneyError> {
    divided(i128::from(rate_e4) * i128::from(quantity_e3), PER_FEN)
}

/// A share of an amount in ten-thousandths (1 % is 100), rounded half up.
///
/// # Errors
/// [`MoneyError::Overflow`] beyond `i64`.
pub fn share_fen(amount_fen: i64, share_e4: i64) -> Result<i64, MoneyError> {
    divided(i128::from(amount_fen) * i128::from(share_e4), 10_000)
}

/// The sum, checked.
///
/// # Errors
/// [`MoneyError::Overflow`] beyond `i64`.
pub fn sum_fen(amounts: impl IntoIterator<Item = i64>) -> Result<i64, MoneyError> {
    let sum: i128 = amounts.into_iter().map(i128::from).sum();
    i64::try_from(sum).map_err(|_| MoneyError::Overflow)
}

/// Splits an amount over weights so that the parts add up to it: each gets its share rounded down, the fen left over go
/// to the largest remainders, earlier ones first. No weights, or only noughts: everything to the first.
#[must_use]
pub fn split_fen(amount_fen: i64, weights: &[u32]) -> Vec<i64> {
    let total: i128 = weights.iter().map(|w| i128::from(*w)).sum();
    if total == 0 {
        return weights
            .iter()
            .enumerate()
            .map(|(at, _)| if at == 0 { amount_fen } else { 0 })
            .collect();
    }
    let product = |w: u32| i128::from(amount_fen) * i128::from(w);
    let mut parts: Vec<i128> = weights.iter().map(|w| product(*w).div_euclid(total)).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(product(weights[*at]).rem_euclid(total)));
    let left = i128::from(amount_fen) - parts.iter().sum::<i128>();
    for at in order.into_iter().take(usize::try_from(left).unwrap_or(0)) {
        parts[at] += 1;
    }
    // Each part lies between 0 and the amount, so it fits.
    parts
        .into_iter()
        .map(|p| i64::try_from(p).unwrap_or(amount_fen))
        .collect()
}

/// An amount as people read it: `1234.50`, `-0.05`.
#[must_use]
pub fn yuan(fen: i64) -> String {
    let sign = if fen < 0 { "-" } else { "" };
    let fen = fen.unsigned_abs();
    format!("{sign}{}.{:02}", fen / 100, fen % 100)
}

/// Reads an amount in yuan: `1234.5`, `1,234.50`, `￥1234`, `-0.05`.
///
/// # Errors
/// [`MoneyError::Unreadable`] for anything else, a third decimal included.
pub fn parse_yuan(text: &str) -> Result<i64, MoneyError> {
    let text: String = text
        .trim()
        .chars()
        .filter(|c| !matches!(c, ',' | '，' | '¥' | '￥' | '元'))
        .collect();
    let (negative, digits) = text
        .strip_prefix('-')
        .map_or((false, text.as_str()), |rest| (true, rest));
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let numeric = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || decimals.len() > 2 || !numeric(whole) || !numeric(decimals) {
        return Err(MoneyError::Unreadable);
    }
    let fen: i64 = format!("{whole}{decimals:0<2}")
        .parse()
        .map_err(|_| MoneyError::Overflow)?;
    Ok(if negative { -fen } else { fen })
}

impl MoneyError {
    /// The reason in words.
    #[must_use]
    pub const fn text(self) -> Text {
        match self {
            Self::Overflow => Text::new("金额超出范围", "the amount is too large"),
            Self::Unreadable => Text::new(
                "金额须以元计，最多两位小数",
                "an amount in yuan has at most two decimals",
            ),
        }
    }
}

/// Half up: −2.5 becomes −2, 2.5 becomes 3.
fn divided(product: i128, by: i128) -> Result<i64, MoneyError> {
    i64::try_from((product * 2 + by).div_euclid(by * 2)).map_err(|_| MoneyError::Overflow)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_bill_line_is_rounded_half_up_once() {
        for (rate_e4, quantity_e3, fen) in [
            (18_000, 89_530, 16_115), // 1.80 yuan × 89.53 m² = 161.154
            (5_600, 123_400, 6_910),  // 0.56 yuan × 123.4 kWh = 69.104
            (1, 50_000, 1),           // half a fen
            (1, 49_999, 0),
            (-1, 50_000, 0),
            (-1, 50_001, -1),
            (0, 1_000, 0),
        ] {
            assert_eq!(line_fen(rate_e4, quantity_e3), Ok(fen), "{rate_e4} × {quantity_e3}");
        }
        assert_eq!(line_fen(i64::MAX, i64::MAX), Err(MoneyError::Overflow));
        assert_eq!(share_fen(10_001, 5_000), Ok(5_001));
        assert_eq!(sum_fen([i64::MAX, 1]), Err(MoneyError::Overflow));
    }

    #[test]
    fn amounts_are_read_and_written() {
        for (text, fen) in [
            ("1234.5", 123_450),
            ("1,234.50", 123_450),
            ("￥1234", 123_400),
            ("-0.05", -5),
            (" 0 ", 0),
            ("12元", 1200),
        ] {
            assert_eq!(parse_yuan(text), Ok(fen), "{text}");
        }
        for text in ["", ".5", "1.234", "1e3", "--1", "1.2.3", "一元"] {
            assert_eq!(parse_yuan(text), Err(MoneyError::Unreadable), "{text}");
        }
        assert_eq!(parse_yuan("99999999999999999999"), Err(MoneyError::Overflow));
    }

    #[test]
    fn a_split_gives_the_odd_fen_to_the_largest_remainders() {
        assert_eq!(split_fen(100, &[1, 1, 1]), [34, 33, 33]);
        assert_eq!(split_fen(-100, &[1, 1, 1]), [-33, -33, -34]);
        assert_eq!(split_fen(5, &[0, 0]), [5, 0]);
        assert_eq!(split_fen(5, &[]), [0i64; 0]);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(fen in any::<i32>()) {
            prop_assert_eq!(parse_yuan(&yuan(fen.into())), Ok(fen.into()));
        }

        #[test]
        fn rounding_is_never_off_by_more_than_half_a_fen(rate in -1_000_000i64..1_000_000, quantity in -1_000_000i64..1_000_000) {
            let exact = i128::from(rate) * i128::from(quantity);
            let fen = i128::from(line_fen(rate, quantity).expect("small"));
            let off = (fen * PER_FEN - exact) * 2;
            prop_assert!(-PER_FEN < off && off <= PER_FEN);
        }

        #[test]
        fn the_parts_of_a_split_add_up(amount in -1_000_000i64..1_000_000, weights in proptest::collection::vec(0u32..1000, 1..20)) {
            let parts = split_fen(amount, &weights);
            prop_assert_eq!(parts.iter().sum::<i64>(), amount);
            let total: i64 = weights.iter().map(|w| i64::from(*w)).sum();
            for (part, weight) in parts.iter().zip(&weights).filter(|_| total > 0) {
                prop_assert!((part * total - amount * i64::from(*weight)).abs() < total);
            }
        }
    }
}
