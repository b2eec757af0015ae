/** Mail, by SMTP. */
@NullMarked
package io.evenkeel.channels.mail;

import org.jspecify.annotations.NullMarked;
