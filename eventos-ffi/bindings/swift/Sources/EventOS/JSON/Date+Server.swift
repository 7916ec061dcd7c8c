import Foundation

extension Date {
    /// A time as PostgreSQL writes it in JSON, such as `2025-10-13T09:00:00.123456+02:00`; `nil` for any other text.
    ///
    /// `ISO8601DateFormatter` takes no more than milliseconds.
    init?(serverText: String) {
        var rest = Substring(serverText)
        guard let year = rest.takeDigits(4), rest.take("-"), let month = rest.takeDigits(2), rest.take("-"),
            let day = rest.takeDigits(2), rest.take("T") || rest.take(" "), let hour = rest.takeDigits(2), rest.take(":"),
            let minute = rest.takeDigits(2), rest.take(":"), let second = rest.takeDigits(2),
            (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 60,
            let microseconds = rest.takeFraction(), let offset = rest.takeOffset(), rest.isEmpty
        else { return nil }
        let seconds = days(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second - offset
        self.init(timeIntervalSince1970: Double(seconds) + Double(microseconds) / 1_000_000)
    }

    /// The time in UTC, with as many decimals as it takes: none, 3 or 6; `nil` before the year 1 and after 9999.
    var serverText: String? {
        let microseconds = (timeIntervalSince1970 * 1_000_000).rounded()
        guard (-62_135_596_800_000_000..<253_402_300_800_000_000).contains(microseconds) else { return nil }
        let (seconds, fraction) = Int(microseconds).quotientAndRemainder(flooringBy: 1_000_000)
        let (day, second) = seconds.quotientAndRemainder(flooringBy: 86_400)
        let (year, month, dayOfMonth) = date(day)
        let decimals =
            switch fraction {
            case 0: ""
            case _ where fraction % 1_000 == 0: ".\(digits(fraction / 1_000, 3))"
            default: ".\(digits(fraction, 6))"
            }
        return "\(digits(year, 4))-\(digits(month, 2))-\(digits(dayOfMonth, 2))"
            + "T\(digits(second / 3_600, 2)):\(digits(second / 60 % 60, 2)):\(digits(second % 60, 2))\(decimals)Z"
    }
}

extension Substring {
    fileprivate mutating func take(_ character: Character) -> Bool {
        guard first == character else { return false }
        removeFirst()
        return true
    }

    fileprivate mutating func takeDigits(_ count: Int) -> Int? {
        let digits = prefix(count)
        guard digits.utf8.count == count, digits.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        removeFirst(count)
        return Int(digits)
    }

    /// Microseconds; 0 where there is no fraction.
    fileprivate mutating func takeFraction() -> Int? {
        guard take(".") else { return 0 }
        let digits = prefix { $0.isASCII && $0.isNumber }
        guard (1...6).contains(digits.count) else { return nil }
        removeFirst(digits.count)
        return Int(digits + String(repeating: "0", count: 6 - digits.count))
    }

    /// Seconds ahead of UTC.
    fileprivate mutating func takeOffset() -> Int? {
        if take("Z") { return 0 }
        let isBehind = first == "-"
        guard take("+") || take("-"), let hours = takeDigits(2) else { return nil }
        let minutes = take(":") ? takeDigits(2) : 0
        guard let minutes else { return nil }
        return (hours * 3_600 + minutes * 60) * (isBehind ? -1 : 1)
    }
}

/// Days since 1970 in the Gregorian calendar. Years are counted from March, so that the leap day is a year's last.
private func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let year = month < 3 ? year - 1 : year
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return year * 365 + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468
}

/// The date so many days after 1970 began.
private func date(_ day: Int) -> (year: Int, month: Int, day: Int) {
    let (era, dayOfEra) = (day + 719_468).quotientAndRemainder(flooringBy: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    let year = yearOfEra + era * 400 + (month < 3 ? 1 : 0)
    return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
}

private func digits(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

extension Int {
    fileprivate func quotientAndRemainder(flooringBy divisor: Int) -> (Int, Int) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
