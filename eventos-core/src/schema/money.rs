//! Money in whole cents.

use std::fmt;
use std::iter::Sum;

use serde::{Deserialize, Serialize};

use super::value::{Scalar, SqlType, Value};

/// An amount in whole cents of the shop's currency (the specification's is the Canadian dollar).
///
/// The database holds 32-bit amounts; sums of them fit here without overflow.
///
/// ```
/// use eventos_core::Cents;
///
/// let price = Cents::new(29_900);
/// assert_eq!(price.to_string(), "$299.00");
/// assert_eq!(price.times(2), Some(Cents::new(59_800)));
/// assert_eq!([price, price].into_iter().sum::<Cents>().to_string(), "$598.00");
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cents(i64);

impl Cents {
    /// Nothing.
    pub const ZERO: Cents = Cents(0);

    /// An amount in cents.
    pub const fn new(cents: i64) -> Cents {
        Cents(cents)
    }

    /// The number of cents.
    pub const fn get(self) -> i64 {
        self.0
    }

    /// The price of `quantity` pieces; `None` where that is more than this type can hold.
    pub fn times(self, quantity: i32) -> Option<Cents> {
        self.0.checked_mul(i64::from(quantity)).map(Cents)
    }

    /// Both amounts together, at most the largest amount there is.
    #[must_use]
    pub const fn plus(self, other: Cents) -> Cents {
        Cents(self.0.saturating_add(other.0))
    }
}

impl Sum for Cents {
    fn sum<I: Iterator<Item = Cents>>(amounts: I) -> Cents {
        amounts.fold(Cents::ZERO, Cents::plus)
    }
}

impl<'a> Sum<&'a Cents> for Cents {
    fn sum<I: Iterator<Item = &'a Cents>>(amounts: I) -> Cents {
        amounts.copied().sum()
    }
}

impl fmt::Display for Cents {
    /// Dollars with two decimals and grouped thousands: `$59,800.00`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (dollars, cents) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        let digits = dollars.to_string();
        let mut grouped = String::with_capacity(digits.len() + digits.len() / 3 + 4);
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index) % 3 == 0 {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        f.pad(&format!("{sign}${grouped}.{cents:02}"))
    }
}

impl fmt::Debug for Cents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cents({})", self.0)
    }
}

impl Scalar for Cents {
    const NAME: &'static str = "Cents";
    const SQL_TYPE: SqlType = SqlType::Integer;
    fn to_value(&self) -> Value {
        Value::Integer(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_grouped_dollars() {
        for (cents, text) in
            [(0, "$0.00"), (5, "$0.05"), (29_900, "$299.00"), (5_980_000, "$59,800.00"), (-150, "-$1.50")]
        {
            assert_eq!(Cents::new(cents).to_string(), text);
        }
        assert_eq!(Cents::new(i64::MIN).to_string(), "-$92,233,720,368,547,758.08");
    }

    #[test]
    fn sums_saturate() {
        assert_eq!([Cents::new(i64::MAX), Cents::new(1)].iter().sum::<Cents>(), Cents::new(i64::MAX));
        assert_eq!(Cents::new(i64::MAX).times(2), None);
    }
}
