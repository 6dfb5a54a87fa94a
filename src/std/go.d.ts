/** This file says what importing a `.go` file gives: its text, embedded by the build (esbuild.js) and read from disk in tests (test/harness/go-text.cjs). */
declare module '*.go' {
  const text: string;
  export default text;
}
