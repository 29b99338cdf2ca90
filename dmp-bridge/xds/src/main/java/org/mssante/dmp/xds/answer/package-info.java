/** What a DMP answers, in the same form for every transaction. */
package org.mssante.dmp.xds.answer;
