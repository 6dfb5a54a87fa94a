/** This file holds the lint rules: type-aware for all TypeScript, plain for the few JavaScript files that tools need. */
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import layout from './scripts/layout-rule.mjs';

export default defineConfig(
  { ignores: ['node_modules/', 'dist/', 'out/', '.vscode-test/', '.cache/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    plugins: { interlane: { rules: { layout } } },
    rules: {
      eqeqeq: 'error',
      'interlane/layout': 'error',
      'no-console': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      '@typescript-eslint/no-invalid-void-type': 'off',
      // Spreading a string gives its code points, which is what a scanner wants.
      '@typescript-eslint/no-misused-spread': 'off',
      // Numbers from typed columns are compared with the enum that names them; ranges of an enum have named ends.
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      '@typescript-eslint/no-duplicate-enum-values': 'off',
      // Reading typed columns with `!` is what noUncheckedIndexedAccess asks of an interpreter.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      // Loops over typed columns need their index for more than the element.
      '@typescript-eslint/prefer-for-of': 'off',
      // Type aliases and interfaces, index signatures and records: the author's choice.
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/consistent-indexed-object-style': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/unified-signatures': 'off',
    },
  },
  {
    files: ['src/host/**/*.ts'],
    ignores: ['src/host/words.ts'],
    rules: {
      // What others wrote is made safe to look at in one place.
      'no-restricted-syntax': [
        'error',
        ...[
          'MemberExpression[object.property.name="window"][property.name=/^show(Information|Warning|Error)Message$/]',
          'NewExpression[callee.property.name=/^(Diagnostic|DiagnosticRelatedInformation|CodeAction|MarkdownString|Hover)$/]',
          'Property[key.name="contentText"]',
        ].map((selector) => ({ selector, message: 'Words for the editor go through host/words.ts.' })),
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // Stand-ins for callbacks do nothing, and at once.
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['**/*.js', '**/*.cjs', '**/*.mjs'],
    rules: { eqeqeq: 'error', 'no-undef': 'off', 'prefer-const': 'error', 'no-unused-vars': 'error' },
  },
);
