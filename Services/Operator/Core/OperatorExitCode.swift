import Evolution
import Foundation
import LanguageModel
import Ledger
import Messaging
import Problems
import Recipe
import ServiceKit
import Studies

/// The exit code of a command that an error ended: 2 where what the operator gave is to be changed, 1 otherwise.
public func operatorExitCode(of error: any Error) -> Int32 {
    switch error {
    case let error as ServiceError: error.code == .input ? 2 : 1
    case let error as LedgerError: [.unavailable, .version, .unknown].contains(error.code) ? 2 : 1
    case is RecipeError, is LanguageModelError, is ProblemsError, is MessagingError, is EvolutionError,
        is StudyError, is CocoaError:
        2
    default: 1
    }
}
