# Outlives the lab and ends what the lab left. Standard input is a pipe from the lab, one order a line:
#   add PID      end this process, and its process group if it leads one, when the pipe closes
#   remove PID   forget it
#   folder PATH  delete this folder when the pipe closes
# The pipe closes when the lab ends in any way, kill -9 among them.
trap '' INT TERM HUP

# A pid alone may have gone to another process since; with its start time it is this one.
started() {
    stat=''
    { read -r stat < "/proc/$1/stat"; } 2>/dev/null
    if [ -n "$stat" ]; then
        # Field 2 is the command in parentheses and may hold blanks; after it, field 22 is the 20th.
        set -- ${stat##*) }
        echo "${20}"
    else
        ps -o lstart= -p "$1" 2>/dev/null | tr -s ' ' '_'
    fi
}

children=' '
folder=''
while read -r order value; do
    case $order in
        add)
            start=$(started "$value")
            [ -n "$start" ] && children="$children$value:$start " ;;
        remove)
            kept=' '
            for child in $children; do
                [ "${child%%:*}" = "$value" ] || kept="$kept$child "
            done
            children=$kept ;;
        folder) folder=$value ;;
    esac
done

for child in $children; do
    pid=${child%%:*}
    if [ "$(started "$pid")" = "${child#*:}" ]; then
        # Without a group of that number the first kill does nothing. Not "kill -9 --": dash doesn't take that.
        kill -s KILL -- "-$pid" 2>/dev/null
        kill -s KILL "$pid" 2>/dev/null
    fi
done

if [ -n "$folder" ]; then
    # A process that is just dying may still write into it.
    for _ in 1 2 3 4 5; do
        rm -rf -- "$folder" 2>/dev/null
        [ -e "$folder" ] || break
        sleep 1
    done
fi
