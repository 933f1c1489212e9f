/** As test/laws/claims.test.ts, from more starts. */
import "../laws/claims.test.js";
