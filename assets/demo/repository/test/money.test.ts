import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addMoney, formatMoney, parseMoney } from '../src/money.ts';

test('reads whole and broken amounts', () => {
  assert.equal(parseMoney('12'), 1200);
  assert.equal(parseMoney('12.5'), 1250);
  assert.equal(parseMoney(' 0.07 '), 7);
});

test('reads amounts below zero', () => {
  assert.equal(parseMoney('-12.50'), -1250);
  assert.equal(parseMoney('-0'), 0);
});

test('refuses what is no amount', () => {
  assert.throws(() => parseMoney('12,50 EUR'), RangeError);
  assert.throws(() => parseMoney(''), RangeError);
});

test('writes amounts with two digits', () => {
  assert.equal(formatMoney(1250), '12.50');
  assert.equal(formatMoney(7), '0.07');
  assert.equal(formatMoney(-1250), '-12.50');
});

test('adds', () => {
  assert.equal(addMoney([1, 20, 300]), 321);
  assert.equal(addMoney([]), 0);
});
