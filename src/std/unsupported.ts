/** This file lists what Go's standard library has and std does not: packages, and members of the packages that are here. */
import type { Scope } from '../lang/types';

/** Import paths of Go's standard library that are not supported. */
export const knownPaths: ReadonlySet<string> = new Set(
  `
    archive/tar archive/zip bufio bytes cmp compress/bzip2 compress/flate compress/gzip compress/lzw compress/zlib
    container/heap container/list container/ring crypto crypto/aes crypto/cipher crypto/des crypto/dsa crypto/ecdh
    crypto/ecdsa crypto/ed25519 crypto/elliptic crypto/fips140 crypto/hkdf crypto/hmac crypto/hpke crypto/md5
    crypto/mlkem crypto/mlkem/mlkemtest crypto/pbkdf2 crypto/rand crypto/rc4 crypto/rsa crypto/sha1 crypto/sha256
    crypto/sha3 crypto/sha512 crypto/subtle crypto/tls crypto/x509 crypto/x509/pkix database/sql database/sql/driver
    debug/buildinfo debug/dwarf debug/elf debug/gosym debug/macho debug/pe debug/plan9obj embed encoding
    encoding/ascii85 encoding/asn1 encoding/base32 encoding/base64 encoding/binary encoding/csv encoding/gob
    encoding/hex encoding/json encoding/pem encoding/xml expvar flag go/ast go/build go/build/constraint go/constant
    go/doc go/doc/comment go/format go/importer go/parser go/printer go/scanner go/token go/types go/version hash
    hash/adler32 hash/crc32 hash/crc64 hash/fnv hash/maphash html html/template image image/color
    image/color/palette image/draw image/gif image/jpeg image/png index/suffixarray io/fs io/ioutil iter log/slog
    log/syslog maps math/big math/bits math/cmplx math/rand/v2 mime mime/multipart mime/quotedprintable net net/http
    net/http/cgi net/http/cookiejar net/http/fcgi net/http/httptest net/http/httptrace net/http/httputil
    net/http/pprof net/mail net/netip net/rpc net/rpc/jsonrpc net/smtp net/textproto net/url os/exec os/signal
    os/user path path/filepath plugin reflect regexp regexp/syntax runtime/cgo runtime/coverage runtime/debug
    runtime/metrics runtime/pprof runtime/race runtime/trace slices structs syscall testing/cryptotest
    testing/fstest testing/iotest testing/quick testing/slogtest testing/synctest text/scanner text/tabwriter
    text/template text/template/parse time/tzdata unicode unicode/utf16 unicode/utf8 unique unsafe weak`
    .trim()
    .split(/\s+/),
);

/** Exported members of the real package that are missing in ours, methods as `Type.Method`; undefined when it has them all. */
export function unsupportedNames(path: string, scope: Scope): ReadonlySet<string> | undefined {
  const names = MEMBERS[path]?.trim().split(/\s+/);
  return names && new Set(names.filter((name) => !scope.names.has(name)));
}

const MEMBERS: Readonly<Record<string, string>> = {
  context: `
    AfterFunc WithDeadlineCause WithTimeoutCause WithoutCancel`,
  errors: `
    As AsType ErrUnsupported Join`,
  fmt: `
    Appendf Appendln FormatString Fscan Fscanf Fscanln Scan ScanState Scanf Scanln Scanner
    Sscan Sscanf Sscanln`,
  io: `
    ByteReader ByteScanner ByteWriter Closer Copy CopyBuffer CopyN ErrClosedPipe ErrNoProgress ErrShortBuffer
    ErrShortWrite ErrUnexpectedEOF LimitReader LimitedReader MultiReader MultiWriter NewOffsetWriter
    NewSectionReader NopCloser OffsetWriter Pipe PipeReader PipeWriter ReadAll ReadAtLeast ReadCloser ReadFull
    ReadSeekCloser ReadSeeker ReadWriteCloser ReadWriteSeeker ReadWriter ReaderAt ReaderFrom RuneReader RuneScanner
    SectionReader SeekCurrent SeekEnd SeekStart Seeker StringWriter TeeReader WriteCloser WriteSeeker WriteString
    WriterAt WriterTo`,
  log: `
    Flags Logger.Flags Logger.Prefix Logger.Writer Output Prefix Writer`,
  math: `
    Acos Acosh Asin Asinh Atanh Copysign Cosh Dim Erf Erfc Erfcinv Erfinv Exp2 Expm1 FMA Float32bits Float32frombits
    Float64bits Float64frombits Frexp Gamma Ilogb J0 J1 Jn Ldexp Lgamma Log1p Logb Modf Nextafter Nextafter32 Pow10
    Remainder RoundToEven Signbit Sincos Sinh SqrtPhi Tanh Y0 Y1 Yn`,
  'math/rand': `
    ExpFloat64 NewZipf NormFloat64 Rand.ExpFloat64 Rand.NormFloat64 Rand.Read Read Source64 Zipf`,
  os: `
    Chdir Chmod Chown Chtimes Clearenv CopyFS Create CreateTemp DevNull DirEntry DirFS Environ ErrClosed
    ErrDeadlineExceeded ErrExist ErrInvalid ErrNoDeadline ErrNoHandle ErrNotExist ErrPermission ErrProcessDone
    Executable Expand ExpandEnv File.Chdir File.Chmod File.Chown File.Close File.Fd File.Name File.Read File.ReadAt
    File.ReadDir File.ReadFrom File.Readdir File.Readdirnames File.Seek File.SetDeadline File.SetReadDeadline
    File.SetWriteDeadline File.Stat File.Sync File.SyscallConn File.Truncate File.WriteAt File.WriteTo FileInfo
    FileMode FindProcess Getegid Geteuid Getgid Getgroups Getpagesize Getpid Getppid Getuid Getwd Hostname Interrupt
    IsExist IsNotExist IsPathSeparator IsPermission IsTimeout Kill Lchown Link LinkError LookupEnv Lstat Mkdir
    MkdirAll MkdirTemp ModeAppend ModeCharDevice ModeDevice ModeDir ModeExclusive ModeIrregular ModeNamedPipe
    ModePerm ModeSetgid ModeSetuid ModeSocket ModeSticky ModeSymlink ModeTemporary ModeType NewFile NewSyscallError
    O_APPEND O_CREATE O_EXCL O_RDONLY O_RDWR O_SYNC O_TRUNC O_WRONLY Open OpenFile OpenInRoot OpenRoot PathError
    PathListSeparator PathSeparator Pipe ProcAttr Process ProcessState ReadDir ReadFile Readlink Remove RemoveAll
    Rename Root SEEK_CUR SEEK_END SEEK_SET SameFile Setenv Signal StartProcess Stat Stdin Symlink SyscallError
    TempDir Truncate Unsetenv UserCacheDir UserConfigDir UserHomeDir WriteFile`,
  runtime: `
    AddCleanup BlockProfile BlockProfileRecord Breakpoint CPUProfile Caller Callers CallersFrames Cleanup Frame
    Frames Func FuncForPC GOROOT GoroutineProfile KeepAlive LockOSThread MemProfile MemProfileRate MemProfileRecord
    MemStats MutexProfile NumCgoCall PanicNilError Pinner RaceAcquire
    RaceDisable RaceEnable RaceErrors RaceRead RaceReadRange RaceRelease RaceReleaseMerge RaceWrite RaceWriteRange ReadMemStats ReadTrace SetBlockProfileRate
    SetCPUProfileRate SetCgoTraceback SetDefaultGOMAXPROCS SetFinalizer SetMutexProfileFraction Stack StackRecord
    StartTrace StopTrace ThreadCreateProfile TypeAssertionError UnlockOSThread Version`,
  sort: `
    Find Float64Slice.Search Float64Slice.Sort IntSlice.Search IntSlice.Sort SearchFloat64s StringSlice.Search
    StringSlice.Sort`,
  strconv: `
    AppendBool AppendFloat AppendInt AppendQuote AppendQuoteRune AppendQuoteRuneToASCII AppendQuoteRuneToGraphic
    AppendQuoteToASCII AppendQuoteToGraphic AppendUint CanBackquote FormatComplex FormatFloat IsGraphic IsPrint
    ParseComplex ParseFloat QuoteRune QuoteRuneToASCII QuoteRuneToGraphic QuoteToASCII QuoteToGraphic QuotedPrefix
    Unquote UnquoteChar`,
  strings: `
    Clone ContainsFunc Cut CutPrefix CutSuffix FieldsFunc FieldsFuncSeq FieldsSeq IndexAny IndexFunc IndexRune
    LastIndexAny LastIndexByte LastIndexFunc Lines NewReader NewReplacer Reader Replacer SplitAfter SplitAfterN
    SplitAfterSeq SplitSeq ToLowerSpecial ToTitle ToTitleSpecial ToUpperSpecial ToValidUTF8 TrimFunc TrimLeftFunc
    TrimRightFunc`,
  sync: `
    Map.Clear Map.CompareAndDelete Map.CompareAndSwap Map.Swap OnceValue OnceValues`,
  'sync/atomic': `
    AndInt32 AndInt64 AndUint32 AndUint64 AndUintptr CompareAndSwapPointer Int32.And Int32.Or Int64.And Int64.Or
    LoadPointer OrInt32 OrInt64 OrUint32 OrUint64 OrUintptr Pointer StorePointer SwapPointer Uint32.And Uint32.Or
    Uint64.And Uint64.Or Uintptr.And Uintptr.Or Value`,
  testing: `
    AllocsPerRun B B.Loop Benchmark BenchmarkResult Cover CoverBlock Coverage F Init InternalBenchmark
    InternalExample InternalFuzzTarget Main PB RegisterCover RunBenchmarks RunExamples RunTests T.ArtifactDir T.Attr
    T.Chdir T.Output T.Setenv T.TempDir TB.ArtifactDir TB.Attr TB.Chdir TB.Output TB.Setenv TB.TempDir`,
  time: `
    Date FixedZone LoadLocation LoadLocationFromTZData Local Location Parse ParseDuration ParseError ParseInLocation
    RubyDate Time.AddDate Time.AppendBinary Time.AppendFormat Time.AppendText Time.GoString Time.GobDecode
    Time.GobEncode Time.ISOWeek Time.In Time.IsDST Time.Location Time.MarshalBinary Time.MarshalJSON
    Time.MarshalText Time.Round Time.UnmarshalBinary Time.UnmarshalJSON Time.UnmarshalText Time.YearDay Time.Zone
    Time.ZoneBounds UTC`,
};
