/** Tests of the program as its users run it: as a process. */
package org.wasl.node.system;
