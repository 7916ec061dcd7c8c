import Foundation

extension Date {
    /// `2025-06-15 09:00`, in local time.
    public var dayAndMinute: String {
        written("yyyy-MM-dd HH:mm")
    }

    /// `at 14:02:11` of today, `on 2025-06-15 at 14:02:11` of another day.
    public var moment: String {
        Calendar.current.isDateInToday(self) ? "at \(timeOfDay)" : "on \(written("yyyy-MM-dd")) at \(timeOfDay)"
    }

    /// `14:02:11`, in local time.
    public var timeOfDay: String {
        written("HH:mm:ss")
    }

    private func written(_ format: String) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.dateFormat = format
        return formatter.string(from: self)
    }
}
