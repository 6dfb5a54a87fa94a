import type { Rule } from 'eslint';

declare const layout: Rule.RuleModule;
export default layout;
