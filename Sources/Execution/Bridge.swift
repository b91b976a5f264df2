import Core

extension TaskContext { var stillWanted: () -> Bool { { (try? self.proceed(0)) != nil } } }
