/**
 * This file is the lint rule `interlane/layout`: it checks offsets against what addresses point to (src/base/address.ts), which the compiler cannot, because
 * for it an address plus an offset is any number.
 *
 *   - An offset is only added to the address of a block that has it.
 *   - A word that is an address is read as the address it is (`w[g + GAt.M] as MAddr`), unless it is only compared; other words are not read as one.
 *   - Nothing else is written to it, and no address to a word that is none.
 *
 * A word declared `unknown` is an address that its room cannot name: it may be read as any.
 */
import ts from 'typescript';

/** Names of enums of offsets. */
const LAYOUT = /\wAt$|^Ctx$/;

/** What an address points to; undefined: the type is no address. */
function blockOf(checker, type) {
  const parts = type.isUnion() ? type.types : [type];
  for (const part of parts) {
    const pointee = checker.getPropertiesOfType(part).find(({ escapedName }) => String(escapedName).startsWith('__@pointee'));
    if (pointee) return checker.getTypeOfSymbol(pointee);
  }
  return undefined;
} // prettier-ignore

/** The enum of offsets that the type is a member of, or several, and the value of the first. */
function offsetOf(type) {
  const member = type.isUnion() ? type.types[0] : type;
  if ((member.flags & ts.TypeFlags.EnumLiteral) === 0) return undefined;
  const declared = member.symbol.declarations[0];
  const owner = ts.isEnumMember(declared) ? declared.parent : declared;
  return LAYOUT.test(owner.name.text) ? { layout: owner.name.text, value: member.value } : undefined;
}

function isAny(type) {
  return (type.flags & ts.TypeFlags.Unknown) !== 0;
}

/** The sum in `w[sum]`, `f[sum >> 1]`. */
function indexSum({ computed, property }) {
  const sum = computed && property.type === 'BinaryExpression' && property.operator === '>>' ? property.left : property;
  return computed && sum.type === 'BinaryExpression' && sum.operator === '+' ? sum : undefined;
}

function create(context) {
  const { program, getTypeAtLocation } = context.sourceCode.parserServices;
  const checker = program.getTypeChecker();
  const text = (node) => context.sourceCode.getText(node);
  const shown = (type) => checker.typeToString(type);
  const fits = (given, wanted) => checker.isTypeAssignableTo(given, wanted);

  /** Reports a sum whose left side is not the address of a block with that offset. */
  function checkSum(sum) {
    if (sum.operator !== '+') return;
    const offset = offsetOf(getTypeAtLocation(sum.right));
    if (!offset) return;
    const type = getTypeAtLocation(sum.left);
    const block = blockOf(checker, type);
    if (block?.getProperty(offset.layout)) return;
    const data = { base: text(sum.left), type: shown(type), layout: offset.layout };
    context.report({ node: sum.left, messageId: 'base', data });
  }

  /** Type of the word at a sum as the layout says it, undefined: no address; or nothing when the sum is no place in a block. */
  function wordAt(sum) {
    const offset = offsetOf(getTypeAtLocation(sum.right));
    const block = offset && blockOf(checker, getTypeAtLocation(sum.left));
    if (!block) return undefined;
    const word = block.getProperty(String(offset.value));
    return { type: word && checker.getTypeOfSymbol(word) };
  }

  function checkWrite(node, word, value) {
    const type = getTypeAtLocation(value);
    const wrong = word ? !isAny(word) && !fits(type, word) : blockOf(checker, type) !== undefined;
    if (wrong) report(node, word, 'write', type);
  }

  function checkRead(node, word, as) {
    const type = as && getTypeAtLocation(as);
    const right = type && (word ? isAny(word) || (fits(type, word) && fits(word, type)) : !blockOf(checker, type));
    if (as ? !right : word && !isAny(word)) report(node, word, 'read', type);
  }

  function checkComparison(node, word, other) {
    const type = getTypeAtLocation(other);
    if (word && !isAny(word) && blockOf(checker, type) && !fits(type, word)) report(node, word, 'read', type);
  }

  function report(node, word, messageId, type) {
    const data = { word: text(node), wanted: word ? shown(word) : 'no address', type: type ? shown(type) : 'number' };
    context.report({ node, messageId, data });
  }

  function checkWord(node) {
    const sum = indexSum(node);
    const word = sum && wordAt(sum);
    if (!word) return;
    let whole = node;
    while (whole.parent.type === 'TSNonNullExpression') whole = whole.parent;
    const { parent } = whole;
    const { type } = word;
    if (parent.type === 'AssignmentExpression' && parent.left === whole) {
      if (parent.operator === '=') checkWrite(node, type, parent.right);
      else checkRead(node, type);
    } else if (parent.type === 'TSAsExpression') checkRead(node, type, parent);
    else if (parent.type === 'BinaryExpression' && /^[!=]==$/.test(parent.operator))
      checkComparison(node, type, parent.left === whole ? parent.right : parent.left);
    else checkRead(node, type);
  }

  return { BinaryExpression: checkSum, MemberExpression: checkWord };
}

export default {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      base: '`{{base}}` ({{type}}) is not the address of a block with the offsets {{layout}}',
      read: '`{{word}}` is {{wanted}} by its layout, and is read as {{type}}',
      write: '`{{word}}` is {{wanted}} by its layout, and {{type}} is written to it',
    },
  },
  create,
};
