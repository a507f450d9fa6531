// Made by make_blocks.py with gguf 0.19.0; do not edit.
import ModelFiles

/// Blocks and the floats in them, in base64.
enum BlockFixtures {
    static let read: [BlockFixture] = [
        BlockFixture(
            storage: .float32,
            bytes: """
                /dCRt19AYLdVHAjDQVm4uRdCZ8Oq00q0JXqAtX5Aajo5Nm9EixtkPCeX9UCZwQe/dRtcP1GMFkP9VSu6A9cjNXYa5bSJALREXmgM\
                t2b9QMBUdm07HQ6BQ1buzMQzsnE2zXj+s9Nke7mXjsu6smGzPM1emLcIZXhBWmywverjErs=
                """,
            floats: """
                /dCRt19AYLdVHAjDQVm4uRdCZ8Oq00q0JXqAtX5Aajo5Nm9EixtkPCeX9UCZwQe/dRtcP1GMFkP9VSu6A9cjNXYa5bSJALREXmgM\
                t2b9QMBUdm07HQ6BQ1buzMQzsnE2zXj+s9Nke7mXjsu6smGzPM1emLcIZXhBWmywverjErs=
                """),
        BlockFixture(
            storage: .float16,
            bytes: """
                1NVFvm7ktgR/5OuUJAAvNTcE9WjcR06vlx3hhNdWxJrjZjqAh6hLnAoArEwXAKCDMQD2JCiAQzgaAFNgE7kgwA==
                """,
            floats: """
                AIC6wgCgyL8AwI3EAMCWOADgj8QAYJ26AAAQNgDgpT4A4IY4AKAeRQCA+0AAwOm9AOCyOwAgnLgA4NpCAIBYuwBg3EQAAGi2AOAQ\
                vQBgibsAACA1AICVQQAAuDUAAGi4AABENgDAnjwAACC2AGAIPwAA0DUAYApEAGAivwAABMA=
                """),
        BlockFixture(
            storage: .bfloat16,
            bytes: """
                izidvhvExsDBPcDElsOGwBM+NrrewqNBkTxXwV/E0jMhOrS15EBmt0u/VUSLPLK4S7v+QjS3kjkZO4E/P0CMuQ==
                """,
            floats: """
                AACLOAAAnb4AABvEAADGwAAAwT0AAMDEAACWwwAAhsAAABM+AAA2ugAA3sIAAKNBAACRPAAAV8EAAF/EAADSMwAAIToAALS1AADk\
                QAAAZrcAAEu/AABVRAAAizwAALK4AABLuwAA/kIAADS3AACSOQAAGTsAAIE/AAA/QAAAjLk=
                """),
        BlockFixture(
            storage: .q40,
            bytes: """
                cDZVgcwrL9JImD2rNMP3g+RXuzMMB9rxZ4MdXnqZ8c/Bj0JC
                """,
            floats: """
                AICavwBANMAAAM4/AICaPwBANEAAgBrAAAAAAAAAAAAAwABAAICaPwAAzr8AwADAAADOvgDAAMAAAM6/AADOvgCAmr8AAAAAAADO\
                PwCAGsAAgBrAAMAAQAAAzr8AAM4+AMAAwAAATj8AwADAAADOPwBANEAAAAAAAIAaQACAmr8AYHc/AGB3vgBg9z4AdNi/AGB3vgCc\
                mr8AnJo/AIi5PwBg9z4AYHc+AHTYvwB02D8AdNi/AHTYPwCIub8AiLm/AGD3vwBg978AnJo/AHTYPwBg974AAAAAAHTYvwCIOb8A\
                YHe+AGB3PgB02D8AYHc/AGB3PwAAAAAAYHe/AGB3vw==
                """),
        BlockFixture(
            storage: .q41,
            bytes: """
                NL1DvTS6A/AqI56l18A+iqHPYrTVOY8zPvoPbWYFYLiXq8wmwV7iog==
                """,
            floats: """
                AJjQwAAsZcEA+KbAAGCovwAsZcEA+KbAADacwQA4+sAAvCbBAGCovwA2nMEALGXBAHAnwACepsEAsHrAAJjQwAD4psAA/HnBAGCo\
                vwCepsEAsHrAALB6wABcUMEALGXBAM6RwQBmh8EA+KbAAIw7wQAsZcEAZofBAOwRwQD8ecGAEydBANfwQIC9MkGAaRtBAIeTQABm\
                eEAA4HE+AC/CQADbqkCAFQRBgL8PQQCHk0AAGHc/gBMnQQDc2D8A3Ng/ABYbQIC9MkEA4HE+AIeTQACHk0AA4HE+AIeTQIAVBEEA\
                g9lAANfwQIC/D0EA3Ng/gL8PQQBmeECAEydBANfwQA==
                """),
        BlockFixture(
            storage: .q50,
            bytes: """
                mbLCP9eqm88UX8wdYDLLrVA/kybUCd80jpUMy+me2mP5v+19FzmYSgoH/Tc=
                """,
            floats: """
                APSDPwDuRcAAWB5AACBTPgAgUz8AWB4/AAAAgAAg074AJhHAAIorwAAAAIAA7kXAAFgevwBYnr8AWB5AALy4PwCE7b8AWB7AACBT\
                vgAmEUAAWB7AAO5FQABYnr8AWB6/ACBTPwD0A8AAJhFAAFgevwC8uD8AINO+AFgePwAAAIAAZAjAAGSIQADYQkAA0Gk/AGQIwADg\
                m74A0Gm/AEx9QABkCEAAZAjAAOAbQADQ6b8A2EJAAFwvwADQab8AZAhAAOAbvwBkCMAATH1AANDpPwDgm74A2MK/AOAbvwBcL8AA\
                4Js+ANBpPwBkCMAA4Js/AOCbwADgm8AAIpJAANBpPw==
                """),
        BlockFixture(
            storage: .q51,
            bytes: """
                GDv8r9SGj6+6YpkKV/cZsssOriiI7UQYTcIZNL/c0ROmNHkO27TZxZn34ekyR8si
                """,
            floats: """
                AOELQQAI0z+AWLBBAOELQYAookEAosJAgFiwQQBhfUEAERpBgNDTQYDQ00EAAt9AAALfQABxNkEABFtAgECpQYCIvkGAEJtBgFiw\
                QQABYUEA4olAANFSQQAQQz+AiL5BgKDFQQABYUGAcLdBAGF9QQAC30CA0NNBAARbQAAxb0HgGorCwAF7wuABncLggrzC4JupwsAB\
                e8KAx+DB4M2DwoDH4MGAX67BwDNVwuABncLAzWHCgF+uweCbqcLAzWHC4E6jwgAfE8GAX67BACCDPuA1tsLAlwnC4DW2wuDor8Lg\
                AZ3C4M/CwsBlL8LAZS/CwGduwgCHRcHAMRbCAG7BwA==
                """),
        BlockFixture(
            storage: .q80,
            bytes: """
                1LEFKpL62boPhsbbPjsbFh5JH4YSRROFGwl67CP1bkEChuso2GlWK1Oq0coiUfBuPHaQ5XiFv82txbDXIdzT8XH1WAI=
                """,
            floats: """
                ACBpvwDI9MAARqBBAOCLPwBM40AA/EtBANguwADCsUEABClBAKTXQACsNMEA7ivBAFydwAA4gMAA2K7AALpUwQCstMAAwrFBANBR\
                wAASScEAeF3AADezQQBcncAA0NG/AMKxwQAgaUAA/MvAADgAQABGoMEAaj3BAIC6vgDCsUEAuMS/wBiBQAB5U0AAedM/gBhMQAB5\
                U8AAJee/AMkEwAA2pz+ALUdAAGAdv4A+h0AAihNAgBSRQAC0icAAyYS/AIqTQEA6l8CA1R/AANH6v4AYTMCAFBHAALhEwACjyb8A\
                S6I/AAyxvwBP3b8AihO/wO6KQABk2L4AZFhAAGCdPQ==
                """),
        BlockFixture(
            storage: .q2K,
            bytes: """
                vO2bgikhl7jvMMmUeIpO9II489RiABR/2YxKf7wiMQfMBHv493S1JrQXyLTdhnl8qShRdIMlFC2F2nUpuKsc/3IIEOohfRFs2zk/\
                D1H8+akosO47
                """,
            floats: """
                AFRgwQB0LsEARHnBAHQuwQBUYMEAdC7BAHQuwQBEecEAZEfBAHQuwQBUYMEARHnBAHQuwQBUYMEAZEfBAER5wQAIXsEACF7BAIqX\
                wQAIXsEAipfBAAhewQAMecEACIrBAAhewQCKl8EACF7BAAhewQAMecEACIrBAAx5wQAIXsEAvA7BAHQ8wQC8DsEAmCXBALwOwQC8\
                DsEAmCXBAFBTwQB0PMEAUFPBAHQ8wQBQU8EAUFPBALwOwQC8DsEAmCXBAFgLwQAIA8EAMAfBADAHwQAIA8EACAPBAAgDwQAIA8EA\
                CAPBAAgDwQAwB8EACAPBAFgLwQAIA8EAMAfBAFgLwQDA/b8AqK/AAKivwACwScAAQIrAAMD9vwCwScAAqK/AALBJwADA/b8AwP2/\
                AKivwACor8AAQIrAAKivwADA/b8AwP2/AMD9vwDQF8AA0BfAANAXwADQF8AA0BfAAIAPwADQF8AAMAfAAMD9vwDQF8AAMAfAAMD9\
                vwDQF8AA0BfAANQrwQC8DsEAYDrBAGA6wQBIHcEAvA7BALwOwQBIHcEAYDrBANQrwQBIHcEASB3BANQrwQC8DsEAvA7BALwOwQBU\
                YMEAdC7BABQ/wQBUYMEAVGDBABQ/wQC0T8EAdC7BALRPwQB0LsEAVGDBALRPwQBUYMEAtE/BABQ/wQAUP8EANH3BAAhewQA0fcEA\
                CF7BAMadwQA0fcEACF7BADR9wQA0fcEAMI7BADR9wQA0fcEACF7BAMadwQAIXsEAxp3BAFA+wABQPsAAUD7AAFA+wABQPsAAUD7A\
                AFA+wABQPsAAUD7AAFA+wABQPsAAUD7AAFA+wABQPsAAUD7AAFA+wAC4Y8EAuGPBAFA+wQAEUcEAUD7BAARRwQAEUcEAbHbBAARR\
                wQC4Y8EABFHBALhjwQC4Y8EAuGPBAGx2wQBsdsEAvA7BAFwfwQC8DsEAXB/BALwOwQCsJ8EAvA7BAKwnwQBcH8EAXB/BAKwnwQCs\
                J8EAvA7BAKwnwQBcH8EAXB/BAEQQwQBEEMEASP/AAOQgwQAI3sAARBDBAEj/wABEEMEACN7AAEj/wADkIMEARBDBAOQgwQBEEMEA\
                SP/AAOQgwQA4PcEAwP3AAKgTwQBwKMEAcCjBADg9wQCoE8EAcCjBAKgTwQA4PcEAOD3BAMD9wACoE8EAOD3BADg9wQBwKMEAQPPA\
                AMB9wAAQucAAELnAAEDzwADAfcAAwH3AAMB9wABA88AAuBbBABC5wADAfcAAQPPAAEDzwADAfcAAuBbBADR2wQDkbcEA5G3BAGqD\
                wQDkbcEANHbBAORtwQA0dsEAaoPBAORtwQDkbcEA5G3BADR2wQBqg8EAaoPBAIR+wQ==
                """),
        BlockFixture(
            storage: .q3K,
            bytes: """
                z+AU97hTQLgp8+iGGlkhD8jCFmYve+cOTKk+nWzkoCrdHf+DfkM7sYDJORItEHJaEkECxy0ldM/y3QE9EtMC9tycLvT6gtWmtSqR\
                dz7JEnlPL2SMBvj13qP5cGMLHv9FwJRVm9goYrhELDS9QzI=
                """,
            floats: """
                AGDIwABIlkEAYMhAAEiWwQBgSEEASJbBAGDIQABIlkEAAACAAGDIwABIlkEAYEhBAEiWQQAAAIAAYEjBAGBIwQBUL0EAf4NBAFQv\
                QQBUr0AAVK/AAFSvwAAAAIAAVK9AAFQvQQBUr8AAf4NBAFSvwABUL0EAVK9AAFQvQQBUL0GAmX3BABGpQAARqUAAAACAABGpQAAA\
                AIAAESlBABGpQQARqUEAESnBABEpQQAAAICAmX3BABGpQQARqUEAESnBAHh6QAAAAIAAAACAAHh6vwDaO8AAeHq/AHh6vwDaO8AA\
                eHpAAHh6PwAAAIAAeHo/AHh6QAB4ekAAeHpAAHh6vwBgyL8ASJZAAEiWwAAAAIAAYMg/AGDIQABgyD8AYMg/AGDIQABgyEAAYMg/\
                AGDIvwBgSEAASJZAAGDIPwBgyL8AbGHBAEiWwQAAAAAAAAAAAEgWQQBIFsEAbGFBAAAAAABsYUEAbGHBAAAAAABsYUEASJZAAEiW\
                QABIlsEASJbAAH8DwQBUL0EAVC9AAFSvQABUL8AAfwNBAFQvQQBUr8AAVK/AAFQvQAAAAIAAVC9BAAAAgAAAAIAAfwNBAFQvwAAA\
                AAAAbGHBAEiWwQBIlsAAAAAAAAAAAABsYcEAbGFBAGxhQQBsYUEAAAAAAAAAAAAAAAAASJbAAEiWwQBsYUEAeHpBAHh6QQB4+sAA\
                AACAAHj6wAB4+sAA2jtBAHj6wADaO0EAePrAANo7QQB4ekAAePrAAHh6wAB4+kAA2jtBAGzhvwBs4b8AAAAAAGzhwABsYcAAAAAA\
                ABGpwABsYcAAbOG/ABGpwAAAAAAAEalAAGzhvwBsYcAAbOG/ABGpwAB/g8CAPkVBAH+DwAB/g0AAfwNBAH+DwYA+RcEAf4NAAH+D\
                QAB/A0EAAAAAgD5FwQB/g8AAfwPBAAAAAAB/A8EAi5zAAIucwIDQasGA0GpBAIucQACLHEEAi5xAAIucwACLnMEAixxBAAAAAACL\
                nMEAixxBgNBqQYDQakEAi5xAAEgWvwBIFr8ASJY/AGzhvwBIFj8AAACAAEgWvwBIlj8ASBY/AEiWvwBIFr8ASBY/AEgWPwAAAIAA\
                bOE/AEgWPwAAAIAA2jvBANo7QQAAAIAA2rtBgOOMwYDjjMGA44xBANo7wQDau0AA2rtAANo7QQAAAIAA2rvAANq7QADau0EANXTB\
                AM4iwQDOokEANXTBADV0wQDOIkEAzqJAAM4iwQDOIkEAAACAAM4iwQDOosAAzqJBAM6iQADOokEANXRBAMIJQAAAAAAAo87AAMKJ\
                wADCCcEAwgnAAKPOQADCCcAAwonAAKPOQACjzsAAwglAAMIJwQAAAAAAo85AAKPOwA==
                """),
        BlockFixture(
            storage: .q4K,
            bytes: """
                MzxeMq7pz6Q4POrLQFh+vxKSaGtEgvFveIOx6nF6a3flOea0pD5uv/kLbpxze1e8GFgb6edlirxSQaGdJU7z5tb24T49/oEUekiU\
                1mjg6kpnF0DPNk3DvbCwK5ipGe3kgOJTSipR19h/i+tD2sDgcl5Ji9oDYHTM5WZVtcjQf5bDGUKP2ss0G3N7rTMluRjY
                """,
            floats: """
                AOGqQgDhqkLAl7tDwAMCRIAFNkMA4apCAJgUQkBOMkTAl7tDALsFQwCYFEJA4utDAJgUQkDi60PAAwJEgHKjQwBQZkMAvdNDQE2L\
                Q4AFNkOABTZDoDsmRKA7JkRATjJEAL3TQ8ADAkSgOyZEYBYORAC7BUPAAwJEgHKjQ2AWDkQA1PhBQLi7Q0BQdkNAUHZDwDogQ+Ay\
                pkNAbB5EQFB2Q4CtkEPgMqZDAMPmQ5CpE0SArZBDgK2QQ0BQdkOArZBDkKkTRABg6kKQqRNEAMPmQ6A90UMAYOpCQFB2QwDD5kNA\
                bB5EAAQ/wUBQdkNAuLtDgK2QQ4CtkEOARUtDAMPmQ0A960JAPetCYNwkQ+BdBUPAvstCwMGMQiAdFUOgmzRDABm5QQB87EAAfOxA\
                4FpEQ8DBjEIgGlRDgIkbQkBArEJAQKxCQECsQgB87EAgGlRD4FpEQyAaVEMAfOxAgIZaQiAdFUNAPetCgIZaQkBArEJAPetCALYF\
                wSAdFUMgHRVDwGoOQrDGOkPAag5CbLoDRGy6A0SwkWBD2BOWQ1jEzkOwxjpDsPsUQ9jeu0NY+ahDYMuSQrD7FEMsLQ1EbLoDRFiP\
                9EMsLQ1EbLoDRGBh3kJgYd5CLC0NRNgTlkPAag5CWC6DQ7D7FENY+ahDWI/0Q7CRYENsugNEbLoDRLD7FENAXGpDQFxqQwDAS78g\
                jvtDQMRIQyD22UOA+MdCIPbZQwDAS78AwEu/IF64QyD6hUMgxpZDIMaWQyD22UNAlAVDAMBLv4DIhEKA+MdCIJKnQyCSp0MAMQNC\
                QFxqQyD6hUMgjvtDIF64QyBeuEOA+MdCIJKnQwDAS78AwEu/gMiEQqjer0NALWdCUClqQ1QeMERQXy9DUClqQ1QeMETUayFE1Gsh\
                RNRrIUSgKulC1AYERFS5EkRALWdCVINNRFSDTUSoqOpDVINNRKh5kkNQKWpDoCrpQqh5kkPU0D5E1NA+RKhDzUOoqOpDVINNRFAp\
                akPU0D5EVB4wRFSDTUSoQ81DXBJhRDy2D0R8QTBE3PsfRPBROEMAGS/BcGh5QxyHQER4P51DuMq9Q3g/nUN4P51DOOH+QwAZL8H8\
                V3FEuMq9Q/BROEM8tg9E4HbuQvxXcUTc+x9EfEEwRHBoeUN8QTBE8FE4Q3xBMES8zFBE8FE4Q3g/nUM8tg9EOOH+Qzjh/kPw9mpD\
                sJ85Q1h+v0M8bB1EANU7wRgnjkO40qZDbBYRRAzCKUQYJ45D8PZqQ5zABERsFhFEPGwdRLjSpkP4KdhDbBYRRMBnFkKwnzlDWH6/\
                QzxsHURsFhFEcEgIQ8BnFkK40qZDuNKmQ5jV8ENwSAhDYOKtQpzABETAZxZCPGwdRA==
                """),
        BlockFixture(
            storage: .q5K,
            bytes: """
                E7uqt4e77jSqGxmSPIZVOS2A5QrZVrEPoFD65I5DD/a2Cg5Aa6eobSZS0hy0Y+iOuPRKTENmfpgM+B+Uv7OM8df1xQrQdrmL8myO\
                4mbLjFfmo+I1lSfWbwKv5MWgSAtPfdctnuAUi8F4Sp6bDRTq3qLpSbABv8EtSb3bqg9InweyQ6Tb6+/w3ak6mkZzvOalLkwjXHo0\
                8O4uLqORaLLVVYVNPic1bOUyUUgOEyyRNeY=
                """,
            floats: """
                wHAAwwCIlMAA0gzDAKVYwkD7wsIALIjBgJQlw8BwAMMApVjCADbrwUB2kcIAiJTAQHaRwkD7wsJAMxnDANpeQQCxucEATi3BAE4t\
                wQAgJ8KA153CAB/owoBdDsKgAhPDAKD3QAClWMIAFYXCAKD3QAAsiMGgAhPDAKVYwgCxucGgPQzEwGlAxKDBQ8N00IDEoMFDw3zb\
                jcQAI7DDCGyhxADuTkHAaUDE0H9axCBP5MMQd67EEHeuxITmmsQgjcjEGIK7xCCNyMSU/LTEAO5OQRiCu8QAYZTEoD0MxBA5ysMg\
                jcjEfNuNxITmmsS4XjPE8AyWw5T8tMQQOcrD+FWHxHi6XMRAHNzCOA00xKBoP8OgaD/DyOVmxOAVaMMkIJzEwMGKwkiLFcRguxbD\
                KI9SxJi2H8QwuJzDhMmHxCQgnMTU9JHEkGGIw9T0kcT4XwvEAJo/QdhjSMQQvNnD6OEpxBgRccRwZcXD+F8LxITJh8TU9JHEYLsW\
                w3BlxcN8CpfEOFurxOCZ4cNwyB7E0EJYxAiejsSAr6bCkEkTxHC/esQA9AlB4Jnhwzhbq8SwygfEeF2UxMBOL8MwxjXEwE4vw6Cg\
                nMPIm6XE8MNMxCCcysM4W6vEAHEVwpjeiMRY3J/EoKCcw8BOL8MgnMrDCJ6OxAD0CUEAcRXCOFurxMibpcSANHTCULSmw1C0psMA\
                H4ZBKCshxHSslMQoKyHEUIX0w1C0psNU8orENDiBxJAousPotg3EEECTw+i2DcToh1vESOUqxEDrx8Ig3grD0JzNw9CczcPotg3E\
                AB+GQVCF9MNQtKbDSLZ4xEi2eMTIzVHEaJ80xBAR4cMgr1jDoMYxw2B1WcRATenDAA4nxODltsMAQHVA4OW2w4BCasQAfn3CAA4n\
                xODltsMQqXLEYHVZxABAdUAAlALDoEuVw8BzBcTw22HEAJQCw8AYpsMggNjDoA97xKAPe8QYu4HEEKlyxGB1WcSA88HCoEuVwwCU\
                AsOwQUDE8NthxKAPe8TAGKbDSG8jxFgADMSgBF7EWAAMxHQEmMQYvGnEAEgZQEhvI8RIbyPEZHOvxKAEXsSwlUbE8ES6wyhNUsRA\
                8GfDkHN1xEDwZ8PQtxfESG8jxEBxhsSQc3XEWAAMxEDwZ8MoTVLEAOMxwvxMjMRkc6/EgDQKw1gADMSwlUbEkHN1xBBni8MAIFk/\
                oGcOw8D5/MIAOLjBwEcmwwCI48DA8mXDwE69wsD5/MIAIFk/4Cc+w4AyNsNgUh7DgI6NwgBkrcIAXRbDID0uwwAaccEAiOPAACBZ\
                PwCI48BgUh7DYP1dwwCI48AAOLjBABpxwUAk3cIA6AxBwPn8wgByW8JAcgbDYP1dww==
                """),
        BlockFixture(
            storage: .q6K,
            bytes: """
                AeHszK22rsvx6FdCSslg169uC7hMGAZ2C5kI4OjrpzkXAPuEl5CsB0MluIN+0D94DaVsCVI0Yf/OYgjwKNUnWOl5TNfXJNqIMjOg\
                vc1LSSV/LFkZEhHzr4pdCCnEcSzWhuqw6yY1eE7+6VoDUHbliJdGtkSYCSxGosXgQm9nGkobbU1EYc7yDGsdFAu+sjppecKpe8I8\
                YNf4uqGoeZmSwpvqlyEsb5iz/u/eoVySjmOfg4c3rTa2hKMSHZOn54+cruN7UBCWlRyOP6Ic1h2u0TE/
                """,
            floats: """
                SKMcxbg1CkWAbBNEoEc4RcAi3UPAIl3E8P4AxWh+QUVIoxzFgGyTRIhZZkUQ2iXFoEe4xBDapcQAAACAENqlRACNUEJgezbEIFiC\
                Q8BpnMTAaRzEwGmcRJByqUTwYI/EiNyIRKCe6sMAjdBDAI3QRACN0EMgWIJDYHu2w6Ce6sNofsFEwCJdRVKVukUQ2iXFJsOsxcAi\
                XUW4NYrF+vCeRRDaJUTOHpFFwCLdxBDaJUSUUM9FwCLdxZRQT0XAIt1EgLjpRMC1csUAvtdEgM6hRMDWhsUAyTNFYFWLxQDUD8MA\
                s/tEANSPQwC+V8UAAAAAANSPRADJM0RAu2DFAL5XxQAg5sMAXMlDAHIBxADUD8QA1I9DAAUXxAD6OkQA1A/EAL7XQwAgZsIANp7D\
                AFxJxADUD0QAXElEADYeRAD6ukMI15rFCNeaRQAAAICcy6DFMMCmRah7SsUAAACA0GTWRICSPsV04pTFAAAAgDDAJsVYqbLFgJK+\
                Q+DtjkTEtKxFylu6RcBeQEXAXkBDwF7AROhSqEQGSpbF/EycxcBewEUQRxBF1Fi0RVx8fEUQR5BF6FKoxPxMHMXeVa5FmGrYRABc\
                ScTAmqNEAAWXQwBcScRgJIREYHu2xACz+8MgEcNEgDCwRAAFl0MAAAAAQMY8RIAwMMTAmiNEAFzJQmAkhEQEH6DFEJPmxPBVs8UQ\
                k+ZEBB+gRdAYgMUY6IxFYLeZxYD0zMNYYnPFAAAAgGC3GURYYnNFGOgMxRCT5sR0gIbFRHNbRZA2RkXc+TBF3PkwRZA2xsSAh+JC\
                oOWpQ/iv8MQYDjhFGA64RICHYsTc+TBFsJQNRfiv8ESQNkZFGA44xUB/fcRgP9PEgP8oRVjPXUVQX2jFWM9dxYD/qMRwHz5FiG+e\
                xZwHhMWYT4nFjCeZRYD/KMWYT4lFWM9dxUB/fUUgupBEwJqjxACz+8MABRfEAAWXRIAwsMMAXEnDALP7w0DGvMSg5anEAFxJREDG\
                vMQAXEnCgIfiw8Cao0TAmqNEAAUXQ2AkBMSAh2JEIGh1xCBodcQABRfDgIdiQ4CH4sTwVbPEgIdiw4CH4kPgpk/EAAWXQ4CHYkRg\
                JARFAAUXw6Ce6sMwhMPE+PavxNCVXUQAjVBC0JVdRJgIykTwYI/EAI3QQ/BgD8QAjVDEYHs2xMBpHERge7ZDMITDxMBpHMOAbJPE\
                uDWKxTC1ysQQ2iVFuDWKRVCQ70Tw/oDEgGwTxBzRjsW4NYrFaH5BxQAAAIAwtcpE8P6AxPD+AMWAbJNEcB8+xID/qMNQX2jEkN8T\
                RXAfPsSA/yhFgP8ow4D/qMNgP1PEYD/TRHAfvkSA/6jDQH/9w1Bf6MSA/6jCgP+oww==
                """),
    ]

    static let written = BlockFixture(
        storage: .q80,
        bytes: """
            PyPTNm7u8nTXADnaWiSCEv/PTIGm2zaR0cuT4qzdEr2/t6sB3cHQA9x/3hDD9On7M/jPA9n6PiUqFP/D7esbJxPhSTgAAPQLIwb7\
            GwELqKhfrRsSDNo4E+2z89+7FSAuB/M/K38gvmDTMXUP+ORg+PYRu/TD+xsw7ivvsR/4CIEODw838m4oHw==
            """,
        floats: """
            eSYiv9waRT8Xd8c/WZGFvtciS766tdI/RSsUvwAAAAD8jk0/L7kKv+/Woj/ZdwM/FtTjv8azgT4y4Wi87ncwv/gOij8jH+a/udej\
            v0v/Bb+cJkQ/uuTIv1CHKr+QwD6/lnDFvzL41r5gxZe/l1z6viWofj7MEnS/bg5qvyUNhL+4LGq6yKfTuie/oLoZ4qE4YVByut/v\
            UzuAcmG6sB3aOYZxy7ow4KO5xf4aurgV/7iTrak682Naub3do7qkDK84cZKDurxiILn0Ls46xd1zOpPgizrYpwg6aXkEuC4zzLp0\
            Gf65K70Nui48MTpCWoI6kuL6OTabUbpXi/I6FBq6OjX1urL0Uakywn+JM+R7MjJpSCmyB1pUMzAFjzCLgK8ydQQttBSdLLSh8jo0\
            knYjtGBDUTPSmQkzMiK/MlPzlLP4Itoz2sIWMwT1ErMwGRe0OlHFsvufgLNiHAe0pbAjM6JSejOyabMzQWRVMmLAzLLww/YzLTWo\
            M0QweTQh4nczzhvXxsur50ZnG4pHU1UMRhlYksXXSoXGwrtjR+gfkMVJDsbFQjkgRnRkIscYe9rF+vMPx7JpOsWCWH5G+FbkRgxH\
            LsZPKMxGwv4gxsVSPMfQsJJGBAaQxYlymkWbiZbHYDkARgXTEUaW/BFG8/QBR3F+CcbcS4JHNTq8Rl9AkkY=
            """)
}
