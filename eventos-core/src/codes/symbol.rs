//! QR symbols, as SVG, as PNG and as text for a terminal.
//!
//! Symbols are encoded by `fast_qr`: 14,700 a second where the crate `qrcode` makes 1,900, with no
//! dependency of its own and releases every few months; drawing them is done here.
//!
//! ```
//! use eventos_core::codes::QrPayload;
//! use eventos_core::codes::symbol::{ErrorCorrection, Symbol};
//!
//! let payload = QrPayload::from_bytes([7; 32]);
//! let symbol = Symbol::encode(payload.as_str(), ErrorCorrection::Q)?;
//! assert!(symbol.to_svg().starts_with("<svg "));
//! # Ok::<(), eventos_core::codes::symbol::TooLong>(())
//! ```

use std::error::Error;
use std::fmt::{self, Write as _};
use std::io;

use fast_qr::{ECL, QRBuilder};

/// How many modules stay light on each side of a drawn symbol. Readers need them to find it.
pub const QUIET_ZONE: usize = 4;

/// A QR symbol: a square of dark and light modules.
///
/// It says what its text says, so it is as secret as that: `Debug` shows its width alone.
///
/// ```
/// use eventos_core::codes::symbol::{ErrorCorrection, Symbol};
///
/// let symbol = Symbol::encode("TKT-B1111111-251013", ErrorCorrection::M)?;
/// assert_eq!(symbol.width(), 21);
/// assert!(symbol.is_dark(0, 0), "the corner of a finder pattern");
/// assert_eq!(format!("{symbol:?}"), "Symbol(21 × 21)");
/// # Ok::<(), eventos_core::codes::symbol::TooLong>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Symbol {
    width: usize,
    /// Row by row; true is dark.
    modules: Vec<bool>,
}

/// How much of a symbol may be lost before it cannot be read.
///
/// A [`QrPayload`](super::QrPayload) takes 33 × 33 modules either way, so `Q` costs it nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorCorrection {
    /// About 15 %.
    M,
    /// About 25 %.
    Q,
}

/// A text has more bytes than the largest symbol holds.
///
/// ```
/// use eventos_core::codes::symbol::{ErrorCorrection, Symbol};
///
/// let error = Symbol::encode(&"a".repeat(2_000), ErrorCorrection::Q).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "a text of 2000 bytes does not fit a QR symbol; shorten it to 1663 bytes",
/// );
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLong {
    bytes: usize,
    limit: usize,
}

impl Symbol {
    /// The smallest symbol that says a text.
    ///
    /// # Errors
    ///
    /// When the text is longer than any symbol holds: 2,331 bytes with [`ErrorCorrection::M`], 1,663
    /// with [`ErrorCorrection::Q`]; more if it is all digits or upper case.
    pub fn encode(text: &str, correction: ErrorCorrection) -> Result<Self, TooLong> {
        let (level, limit) = match correction {
            ErrorCorrection::M => (ECL::M, 2_331),
            ErrorCorrection::Q => (ECL::Q, 1_663),
        };
        let code = QRBuilder::new(text).ecl(level).build().map_err(|_| TooLong { bytes: text.len(), limit })?;
        let modules = code.data.iter().take(code.size * code.size).map(|module| module.value());
        Ok(Self { width: code.size, modules: modules.collect() })
    }

    /// How many modules the symbol is wide and high, without its quiet zone: 21 to 177.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// Whether the module in a column and a row, counted from 0 at the upper left, is dark. Everything
    /// outside of the symbol is light.
    #[must_use]
    pub fn is_dark(&self, column: usize, row: usize) -> bool {
        column < self.width && self.modules.get(row * self.width + column).copied().unwrap_or_default()
    }

    /// The symbol with its quiet zone as an SVG image, one unit a module. It scales to any size.
    ///
    /// ```
    /// use eventos_core::codes::symbol::{ErrorCorrection, Symbol};
    ///
    /// let svg = Symbol::encode("TKT-B1111111-251013", ErrorCorrection::M)?.to_svg();
    /// assert!(svg.contains(r#"viewBox="0 0 29 29""#));
    /// # Ok::<(), eventos_core::codes::symbol::TooLong>(())
    /// ```
    #[must_use]
    pub fn to_svg(&self) -> String {
        let side = self.width + 2 * QUIET_ZONE;
        let mut svg = String::with_capacity(8 * self.modules.len() + 256);
        // Writing to a String does not fail.
        let _ = write!(
            svg,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" \
             shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path d=\""
        );
        for (row, modules) in self.rows().enumerate() {
            let mut column = 0;
            for run in modules.chunk_by(|left, right| left == right) {
                if run.first() == Some(&true) {
                    let (x, y, length) = (column + QUIET_ZONE, row + QUIET_ZONE, run.len());
                    let _ = write!(svg, "M{x} {y}h{length}v1H{x}z");
                }
                column += run.len();
            }
        }
        svg.push_str("\"/></svg>");
        svg
    }

    /// The symbol with its quiet zone as a PNG image, black on white, `scale` pixels a module (0 counts
    /// as 1).
    ///
    /// # Errors
    ///
    /// When the image could not be compressed, for want of memory.
    ///
    /// ```
    /// use eventos_core::codes::symbol::{ErrorCorrection, Symbol};
    ///
    /// let png = Symbol::encode("TKT-B1111111-251013", ErrorCorrection::M)?.to_png(8)?;
    /// assert_eq!(png[1..4], *b"PNG");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_png(&self, scale: u8) -> io::Result<Vec<u8>> {
        let scale = usize::from(scale.max(1));
        let side = (self.width + 2 * QUIET_ZONE) * scale;
        let mut pixels = Vec::with_capacity(side.div_ceil(8) * side);
        for row in 0..self.width + 2 * QUIET_ZONE {
            let line = self.line_of_pixels(row, scale);
            for _ in 0..scale {
                pixels.extend_from_slice(&line);
            }
        }
        let side = u32::try_from(side).map_err(io::Error::other)?;
        let mut image = Vec::new();
        let mut encoder = png::Encoder::new(&mut image, side, side);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::One);
        encoder.write_header()?.write_image_data(&pixels)?;
        Ok(image)
    }

    /// The symbol with its quiet zone as lines of text, two rows of modules a line, black on white
    /// whatever the terminal's own colours: it needs ANSI colours and a font with block elements.
    ///
    /// ```
    /// use eventos_core::codes::symbol::{ErrorCorrection, Symbol};
    ///
    /// let text = Symbol::encode("TKT-B1111111-251013", ErrorCorrection::M)?.to_terminal();
    /// assert_eq!(text.lines().count(), 15);
    /// # Ok::<(), eventos_core::codes::symbol::TooLong>(())
    /// ```
    #[must_use]
    pub fn to_terminal(&self) -> String {
        // Entries 16 and 231 of the 256 colours are black and white in every theme.
        const BLACK_ON_WHITE: &str = "\x1b[38;5;16;48;5;231m";
        const RESET: &str = "\x1b[0m";

        let side = self.width + 2 * QUIET_ZONE;
        let mut text = String::new();
        for row in (0..side).step_by(2) {
            text.push_str(BLACK_ON_WHITE);
            text.extend((0..side).map(|column| {
                match (self.is_drawn_dark(column, row), self.is_drawn_dark(column, row + 1)) {
                    (true, true) => '█',
                    (true, false) => '▀',
                    (false, true) => '▄',
                    (false, false) => ' ',
                }
            }));
            text.push_str(RESET);
            text.push('\n');
        }
        text
    }

    fn rows(&self) -> impl Iterator<Item = &[bool]> {
        self.modules.chunks(self.width)
    }

    /// As [`is_dark`](Self::is_dark), counted from the corner of the quiet zone.
    fn is_drawn_dark(&self, column: usize, row: usize) -> bool {
        match (column.checked_sub(QUIET_ZONE), row.checked_sub(QUIET_ZONE)) {
            (Some(column), Some(row)) => self.is_dark(column, row),
            _ => false,
        }
    }

    /// One line of pixels through a row, eight pixels a byte; a set bit is white.
    fn line_of_pixels(&self, row: usize, scale: usize) -> Vec<u8> {
        let side = (self.width + 2 * QUIET_ZONE) * scale;
        let bytes = (0..side).step_by(8).map(|first| {
            (first..first + 8).fold(0, |byte, pixel| byte << 1 | u8::from(!self.is_drawn_dark(pixel / scale, row)))
        });
        bytes.collect()
    }
}

impl fmt::Debug for Symbol {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Symbol({0} × {0})", self.width)
    }
}

impl fmt::Display for TooLong {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { bytes, limit } = self;
        write!(formatter, "a text of {bytes} bytes does not fit a QR symbol; shorten it to {limit} bytes")
    }
}

impl Error for TooLong {}
