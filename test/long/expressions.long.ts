/**
 * The random-expression suites, with the seed that LAENNEC_FUZZ_SEED gives (`npm run test:long` without it repeats the
 * ordinary run).
 */
import "../ir/parse.test.js";
import "../ir/print.test.js";
import "../ir/simplify.test.js";
import "../ir/differentiate.test.js";
import "../ir/bind.test.js";
