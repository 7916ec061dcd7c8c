//! The choice of a symbol's mask.

use std::sync::LazyLock;

use qrcode::canvas::{Canvas, MaskPattern, Module};

use super::QUIET_ZONE;

/// The mask that makes a symbol easiest to read, by the four rules of ISO/IEC 18004. The few modules that
/// name the mask itself are left out of account.
pub(super) fn best(canvas: &Canvas, width: i16) -> MaskPattern {
    let (dark, data) = read(canvas, width);
    let penalty = |mask: &&Mask| dark.flipped(&data, &mask.flips).penalty(width);
    MASKS.iter().min_by_key(penalty).map_or(MaskPattern::Checkerboard, |mask| mask.pattern)
}

/// Which modules are dark, and which hold data, each module looked at once.
fn read(canvas: &Canvas, width: i16) -> (Lines, Lines) {
    let (mut dark, mut data) = (Lines::light(width), Lines::light(width));
    let mut row_bit: Line = 1;
    for ((y, dark_row), data_row) in (0..).zip(&mut dark.rows).zip(&mut data.rows) {
        let mut column_bit: Line = 1;
        for ((x, dark_column), data_column) in (0..).zip(&mut dark.columns).zip(&mut data.columns) {
            let module = canvas.get(x, y);
            if module.is_dark() {
                *dark_row |= column_bit;
                *dark_column |= row_bit;
            }
            if matches!(module, Module::Unmasked(_)) {
                *data_row |= column_bit;
                *data_column |= row_bit;
            }
            column_bit <<= 1;
        }
        row_bit <<= 1;
    }
    (dark, data)
}

/// A pattern of modules that may be flipped to make a symbol easier to read.
struct Mask {
    pattern: MaskPattern,
    /// It repeats every 12 modules in both directions.
    flips: Lines,
}

static MASKS: LazyLock<[Mask; 8]> = LazyLock::new(|| {
    let mask = |pattern, flips: fn(i16, i16) -> bool| {
        let mut flips = Lines::of(128, flips);
        flips.rows.truncate(12);
        flips.columns.truncate(12);
        Mask { pattern, flips }
    };
    [
        mask(MaskPattern::Checkerboard, |x, y| (x + y) % 2 == 0),
        mask(MaskPattern::HorizontalLines, |_, y| y % 2 == 0),
        mask(MaskPattern::VerticalLines, |x, _| x % 3 == 0),
        mask(MaskPattern::DiagonalLines, |x, y| (x + y) % 3 == 0),
        mask(MaskPattern::LargeCheckerboard, |x, y| (x / 3 + y / 2) % 2 == 0),
        mask(MaskPattern::Fields, |x, y| x * y % 2 + x * y % 3 == 0),
        mask(MaskPattern::Diamonds, |x, y| (x * y % 2 + x * y % 3) % 2 == 0),
        mask(MaskPattern::Meadow, |x, y| ((x + y) % 2 + x * y % 3) % 2 == 0),
    ]
});

/// A square of modules, once by rows and once by columns.
struct Lines {
    rows: Vec<Line>,
    columns: Vec<Line>,
}

/// A row or a column, one bit a module from the lowest on; a set bit is dark.
type Line = u128;

impl Lines {
    fn light(width: i16) -> Self {
        let lines = vec![0; usize::from(width.unsigned_abs())];
        Self { rows: lines.clone(), columns: lines }
    }

    fn of(width: i16, is_set: fn(i16, i16) -> bool) -> Self {
        let line = |is_set: &dyn Fn(i16) -> bool| {
            (0..width).rev().fold(0, |line, place| line << 1 | Line::from(is_set(place)))
        };
        Self {
            rows: (0..width).map(|y| line(&|x| is_set(x, y))).collect(),
            columns: (0..width).map(|x| line(&|y| is_set(x, y))).collect(),
        }
    }

    /// With the data modules flipped where a mask says so.
    fn flipped(&self, data: &Self, flips: &Self) -> Self {
        let flipped = |lines: &[Line], data: &[Line], flips: &[Line]| {
            let flips = data.iter().zip(flips.iter().cycle()).map(|(data, flips)| data & flips);
            lines.iter().zip(flips).map(|(line, flips)| line ^ flips).collect()
        };
        Self {
            rows: flipped(&self.rows, &data.rows, &flips.rows),
            columns: flipped(&self.columns, &data.columns, &flips.columns),
        }
    }

    /// How hard the symbol is to read. Lower is better.
    fn penalty(&self, width: i16) -> u32 {
        let inside = (1 << width) - 1;
        let lines = self.rows.iter().chain(&self.columns);
        let lines = lines.map(|line| runs(*line, inside) + false_finders(*line));
        lines.sum::<u32>() + blocks(&self.rows, inside) + imbalance(&self.rows, width)
    }
}

/// 3 for each run of five modules of one colour, and 1 for each further module of it.
fn runs(line: Line, inside: Line) -> u32 {
    let alike = !(line ^ (line >> 1)) & inside >> 1;
    let alike = alike & alike >> 1;
    let five_alike = alike & alike >> 2;
    if five_alike == 0 {
        return 0;
    }
    let ends = five_alike & !(five_alike >> 1);
    five_alike.count_ones() + 2 * ends.count_ones()
}

/// 3 for each block of two by two modules of one colour.
fn blocks(rows: &[Line], inside: Line) -> u32 {
    let blocks = rows.windows(2).map(|pair| match pair {
        [upper, lower] => {
            let alike = !(upper ^ lower);
            (alike & alike >> 1 & !(upper ^ (upper >> 1)) & inside >> 1).count_ones()
        }
        _ => 0,
    });
    3 * blocks.sum::<u32>()
}

/// 40 for each dark-light-dark-dark-dark-light-dark with four light modules before or behind it: it could
/// be taken for a finder pattern. The quiet zone is light.
fn false_finders(line: Line) -> u32 {
    let dark = line << QUIET_ZONE;
    let light = !dark;
    let finder = dark & light >> 1 & dark >> 2 & dark >> 3 & dark >> 4 & light >> 5 & dark >> 6;
    if finder == 0 {
        return 0;
    }
    let light_below = light << 1 & light << 2 & light << 3 & light << 4;
    let light_above = light >> 7 & light >> 8 & light >> 9 & light >> 10;
    40 * ((finder & light_below).count_ones() + (finder & light_above).count_ones())
}

/// 10 for each 5 % that the share of dark modules is away from half.
fn imbalance(rows: &[Line], width: i16) -> u32 {
    let dark: u32 = rows.iter().map(|row| row.count_ones()).sum();
    let modules = u32::from(width.unsigned_abs()).pow(2);
    (20 * dark).abs_diff(10 * modules) / modules.max(1) * 10
}

#[cfg(test)]
mod tests {
    use qrcode::{EcLevel, Version};

    use super::*;

    #[test]
    fn penalties_follow_the_four_rules() {
        let inside = (1 << 11) - 1;
        assert_eq!(runs(0b111_1000_0111, inside), 0);
        assert_eq!(runs(0b111_1100_0011, inside), 3);
        assert_eq!(runs(0b111_1110_0000, inside), 4 + 3);
        assert_eq!(runs(0, inside), 3 + 6);
        assert_eq!(blocks(&[0b110, 0b110, 0b000], 0b111), 3);
        assert_eq!(blocks(&[0b000, 0b000, 0b000], 0b111), 4 * 3);
        assert_eq!(false_finders(0b101_1101), 2 * 40);
        assert_eq!(false_finders(0b1101_1101), 40);
        assert_eq!(false_finders(0b1_0101_1101), 40);
        assert_eq!(false_finders(0b1_0101_1101_0001), 0);
        assert_eq!(false_finders(0b1_0000_1011_1010_0001), 2 * 40);
        assert_eq!(imbalance(&[0b1111, 0b1111, 0, 0], 4), 0);
        assert_eq!(imbalance(&[0b1111, 0b1111, 0b11, 0], 4), 20);
    }

    #[test]
    fn masks_flip_what_their_patterns_flip() {
        let mut canvas = Canvas::new(Version::Normal(9), EcLevel::M);
        canvas.draw_all_functional_patterns();
        canvas.draw_data(&[0x5a; 182], &[0xa5; 110]);
        let is_data = |x, y| matches!(canvas.get(x, y), Module::Unmasked(_));
        for mask in MASKS.iter() {
            let mut masked = canvas.clone();
            masked.apply_mask(mask.pattern);
            for (x, y) in (0..53).flat_map(|y| (0..53).map(move |x| (x, y))).filter(|(x, y)| is_data(*x, *y)) {
                let flipped = masked.get(x, y).is_dark() != canvas.get(x, y).is_dark();
                assert_eq!(mask.flips.rows[y as usize % 12] >> x & 1 == 1, flipped);
                assert_eq!(mask.flips.columns[x as usize % 12] >> y & 1 == 1, flipped);
            }
        }
    }
}
