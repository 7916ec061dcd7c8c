#if canImport(Security)
import Foundation
import Security

/// Keeps the session in the Keychain of this device. It can be read once the device was unlocked after its start, and is neither
/// in a backup nor on the user's other devices.
public final class KeychainSessionStorage: SessionStorage {
    private let service: String
    private let account: String
    private let accessGroup: String?

    /// - Parameters:
    ///   - service: What the item is called; the app's bundle identifier is a good name.
    ///   - account: Tells several sessions of one app apart.
    ///   - accessGroup: Shares it with the app's extensions.
    public init(service: String, account: String = "session", accessGroup: String? = nil) {
        self.service = service
        self.account = account
        self.accessGroup = accessGroup
    }

    public func load() async throws -> String? {
        var found: CFTypeRef?
        let asked = item.merging([kSecReturnData: true, kSecMatchLimit: kSecMatchLimitOne]) { $1 }
        let status = SecItemCopyMatching(asked as CFDictionary, &found)
        if status == errSecItemNotFound { return nil }
        guard status == errSecSuccess, let data = found as? Data else { throw failure(status) }
        return String(decoding: data, as: UTF8.self)
    }

    public func save(session: String) async throws {
        let kept: [CFString: Any] = [
            kSecValueData: Data(session.utf8),
            kSecAttrAccessible: kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly,
        ]
        var status = SecItemUpdate(item as CFDictionary, kept as CFDictionary)
        if status == errSecItemNotFound {
            status = SecItemAdd(item.merging(kept) { $1 } as CFDictionary, nil)
        }
        // An app and its extension can both find none, and one of them adds it first.
        if status == errSecDuplicateItem {
            status = SecItemUpdate(item as CFDictionary, kept as CFDictionary)
        }
        guard status == errSecSuccess else { throw failure(status) }
    }

    public func clear() async throws {
        let status = SecItemDelete(item as CFDictionary)
        guard status == errSecSuccess || status == errSecItemNotFound else { throw failure(status) }
    }

    private var item: [CFString: Any] {
        var item: [CFString: Any] = [
            kSecClass: kSecClassGenericPassword,
            kSecAttrService: service,
            kSecAttrAccount: account,
            kSecUseDataProtectionKeychain: true,
        ]
        item[kSecAttrAccessGroup] = accessGroup
        return item
    }

    private func failure(_ status: OSStatus) -> PlatformError {
        .Unavailable(detail: "the Keychain refused with status \(status)")
    }
}
#endif
