public import Foundation
public import Logging
public import ServiceKit
import Wire

extension Generator {
    /// Makes the worker that carries out a hub's orders.
    ///
    /// - Parameter cache: the folder for data sets that must be fetched.
    public static func worker(_ connection: HubConnection, cache: URL, logger: Logger) throws -> ItemWorker {
        let dataSets = try DataSets(connection, cache: cache)
        return ItemWorker(connection, queue: .orders, concurrency: 16, logger: logger) { lease in
            try complete(lease, dataSet: await dataSets.dataSet(of: lease))
        }
    }
}
